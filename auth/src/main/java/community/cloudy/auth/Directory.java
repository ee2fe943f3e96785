package community.cloudy.auth;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import community.cloudy.auth.LdapStep.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The community's directory (LDAPv3, RFC 4511): several servers, asked in order. A server's answer
 * is final, whatever it is; only where there is none is the next one asked, for the whole of it:
 * connection, TLS, search, password and groups. A server that failed is passed by for some seconds,
 * then tried again, so logins move back to the first one by themselves. Thread-safe; calls block
 * for as long as the configured timeouts let them.
 */
public final class Directory implements AutoCloseable {
  private static final int MAX_PASSWORD_BYTES = 1024;

  private final Accounts accounts;
  private final InstantSource clock;
  private final List<LdapServer> servers;

  private Directory(Accounts accounts, InstantSource clock, List<LdapServer> servers) {
    this.accounts = accounts;
    this.clock = clock;
    this.servers = servers;
  }

  /**
   * Makes ready to ask, without connecting.
   *
   * @throws AuthException {@link AuthException.Code#STORAGE} if the CA file cannot be used
   */
  public static Directory open(LdapConfig config, Roles roles, InstantSource clock) {
    List<LdapServer> servers =
        config.servers().stream().map(url -> new LdapServer(url, config, clock)).toList();
    return new Directory(new Accounts(config, roles), clock, servers);
  }

  /**
   * What is known of a server from the logins there were.
   *
   * @param server its URL
   * @param state as the last login found it
   * @param since when that began; empty if it was never asked
   * @param reason why it fails; empty if it does not
   */
  public record ServerState(String server, State state, Optional<Instant> since, String reason) {}

  /** How a server is. */
  public enum State {
    /** It answered. */
    OK,
    /** It did not answer. */
    FAILING,
    /** It was never asked. */
    UNKNOWN
  }

  /** Returns what is known of each server, without asking. */
  public List<ServerState> servers() {
    return servers.stream().map(Directory::state).toList();
  }

  private static ServerState state(LdapServer server) {
    Optional<Diagnosis> failure = server.breaker().failure();
    Optional<Instant> since = server.breaker().since();
    State state = since.isEmpty() ? State.UNKNOWN : State.OK;
    return new ServerState(
        server.url().toString(),
        failure.isPresent() ? State.FAILING : state,
        since,
        failure.map(Diagnosis::reason).orElse(""));
  }

  /** Judges a login and a password. */
  Verdict authenticate(LoginName name, Secret password) {
    if (!isFit(password)) {
      return new Verdict.Refused("the password is empty, too long or has a NUL in it");
    }
    for (LdapServer server : servers) {
      if (server.breaker().admits()) {
        Optional<Verdict> verdict = ask(server, name, password);
        if (verdict.isPresent()) {
          return verdict.get();
        }
      }
    }
    return unreachable();
  }

  /** An empty password would be no authentication at all (RFC 4513, 5.1.2). */
  private static boolean isFit(Secret password) {
    return password.length() > 0
        && password.length() <= MAX_PASSWORD_BYTES
        && password.revealText().indexOf('\0') < 0;
  }

  private Optional<Verdict> ask(LdapServer server, LoginName name, Secret password) {
    Steps steps = new Steps(server.url().toString(), clock);
    try {
      Verdict verdict =
          server.call(steps, lease -> accounts.judge(lease, name, Optional.of(password), steps));
      server.breaker().succeeded();
      return Optional.of(verdict);
    } catch (LDAPException e) {
      Diagnosis why = Diagnosis.of(steps.kind(), e);
      if (Diagnosis.isUnreachable(e)) {
        server.breaker().failed(why);
        return Optional.empty();
      }
      server.breaker().succeeded();
      return Optional.of(
          new Verdict.Unable(new Diagnosis(server.url() + ": " + why.reason(), why.remedy())));
    }
  }

  private Verdict unreachable() {
    List<String> reasons = new ArrayList<>();
    String remedy = "Try again in some seconds.";
    for (LdapServer server : servers) {
      Optional<Diagnosis> failure = server.breaker().failure();
      if (failure.isPresent()) {
        reasons.add(server.url() + ": " + failure.get().reason());
        remedy = failure.get().remedy();
      }
    }
    return new Verdict.Unreachable(new Diagnosis(String.join("; ", reasons), remedy));
  }

  /**
   * Asks each server afresh and tells each step: all of them for the first that works, whether they
   * work for the others. Changes nothing, and the password, if given, is tried once.
   *
   * @param login whom to look for
   * @param password theirs; empty leaves that step out
   */
  public List<LdapStep> test(String login, Optional<Secret> password) {
    List<LdapStep> all = new ArrayList<>();
    boolean asked = false;
    for (LdapServer server : servers) {
      Steps steps = new Steps(server.url().toString(), clock);
      asked |= test(server, steps, asked ? Optional.empty() : Optional.of(login), password);
      all.addAll(steps.done());
    }
    return all;
  }

  private boolean test(
      LdapServer server, Steps steps, Optional<String> login, Optional<Secret> password) {
    try {
      server.reach(steps);
      try (LDAPConnection connection = server.connect(steps)) {
        if (login.isPresent()) {
          find(server.lease(connection), login.get(), password, steps);
        }
      }
      return true;
    } catch (LDAPException e) {
      steps.failed(Diagnosis.of(steps.kind(), e));
      return !Diagnosis.isUnreachable(e);
    }
  }

  private void find(Lease lease, String login, Optional<Secret> password, Steps steps)
      throws LDAPException {
    Optional<LoginName> name = LoginName.parse(login);
    if (name.isEmpty()) {
      steps.begin(Kind.SEARCH);
      steps.failed(new Diagnosis("this cannot be a login", "Give 1 to 128 printable characters."));
    } else if (password.filter(secret -> !isFit(secret)).isPresent()) {
      steps.begin(Kind.PASSWORD);
      steps.failed(
          new Diagnosis("this cannot be a password", "Give 1 to 1,024 bytes without a NUL."));
    } else {
      accounts.judge(lease, name.get(), password, steps);
    }
  }

  /** Closes the connections; logins under way end on theirs. */
  @Override
  public void close() {
    servers.forEach(LdapServer::close);
  }
}
