package community.cloudy.agent.people;

import community.cloudy.agent.config.AuthConfig;
import community.cloudy.auth.AuditLog;
import community.cloudy.auth.Directory;
import community.cloudy.auth.LocalUsers;
import community.cloudy.auth.Login;
import community.cloudy.auth.OfflineCache;
import community.cloudy.auth.PasswordHash;
import community.cloudy.auth.Sessions;
import community.cloudy.auth.Throttle;
import community.cloudy.auth.Tokens;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Everything a node knows about people, kept in one private folder.
 *
 * @param folder where
 * @param users those it knows by itself
 * @param directory the community's; empty where none is configured
 * @param login lets people in by password
 * @param sessions who is in
 * @param tokens what lets scripts in
 * @param audit what people did
 */
public record People(
    Path folder,
    LocalUsers users,
    Optional<Directory> directory,
    Login login,
    Sessions sessions,
    Tokens tokens,
    AuditLog audit)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Opens what is in {@code folder}, which is made where there is none.
   *
   * @throws community.cloudy.auth.AuthException if a file there is damaged or cannot be used
   */
  public static People open(
      AuthConfig config, Path folder, InstantSource clock, SecureRandom random) {
    try {
      SafeFile.createFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PasswordHash hash = new PasswordHash(random, PATIENCE);
    AuditLog audit = new AuditLog(folder.resolve("audit.jsonl"), clock);
    LocalUsers users = LocalUsers.open(folder.resolve("users"), hash, clock, random);
    Tokens tokens = Tokens.open(folder.resolve("tokens"), clock, random);
    OfflineCache offline =
        OfflineCache.open(
            folder.resolve("offline"), config.ldap(), config.roles(), hash, clock, random);
    Optional<Directory> directory =
        config.ldap().map(ldap -> Directory.open(ldap, config.roles(), clock));
    return new People(
        folder,
        users,
        directory,
        Login.of(new Throttle(clock), users, directory, offline, hash, audit),
        Sessions.open(folder.resolve("sessions"), config.sessions(), clock, random),
        tokens,
        audit);
  }

  /** Lets go of the directory's connections, and keeps who is logged in for the next start. */
  @Override
  public void close() {
    sessions.close();
    directory.ifPresent(Directory::close);
  }
}
