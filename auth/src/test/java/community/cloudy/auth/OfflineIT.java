package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins while the directory's servers are gone, and after. */
final class OfflineIT {
  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final SecureRandom random = new SecureRandom();
  private final PasswordHash hash = new PasswordHash(random, Duration.ofSeconds(60));
  private Slapd first;
  private Slapd second;
  private Directory directory;
  private OfflineCache offline;
  private Login login;

  @BeforeEach
  void start() throws Exception {
    Slapd.needed();
    Path certificate =
        Certificates.authority(folder.resolve("ca")).sign("server", "IP:127.0.0.1", 30);
    String ldif = People.ldif();
    first = Slapd.start(folder.resolve("first"), certificate, ldif);
    second = Slapd.start(folder.resolve("second"), certificate, ldif);
    open();
  }

  /** Starts the node's part, as after a restart. */
  private void open() {
    LdapConfig config = People.config(first.url(), second.url());
    directory = Directory.open(config, People.ROLES, clock);
    offline =
        OfflineCache.open(file("offline"), Optional.of(config), People.ROLES, hash, clock, random);
    LocalUsers locals = LocalUsers.open(file("users"), hash, clock, random);
    AuditLog audit = new AuditLog(file("audit.log"), clock);
    login = Login.of(new Throttle(clock), locals, Optional.of(directory), offline, hash, audit);
  }

  @AfterEach
  void stop() {
    for (Optional<AutoCloseable> part :
        List.of(
            Optional.<AutoCloseable>ofNullable(directory),
            Optional.<AutoCloseable>ofNullable(first),
            Optional.<AutoCloseable>ofNullable(second))) {
      part.ifPresent(OfflineIT::close);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private LoginResult attempt(int number, Secret password) {
    return login.attempt(People.login(number), password, Optional.empty());
  }

  private LoginResult attempt(int number) {
    return attempt(number, People.password(number));
  }

  private static Person.Means means(LoginResult result) {
    assertThat(result).isInstanceOf(LoginResult.Accepted.class);
    return ((LoginResult.Accepted) result).person().means();
  }

  private void serversGo() throws Exception {
    first.kill();
    second.kill();
  }

  private void serversReturn() throws Exception {
    first.start();
    second.start();
    clock.advance(Breaker.LONGEST);
  }

  @Test
  void letsInWhomItRemembersAndNobodyElse() throws Exception {
    assertThat(means(attempt(1))).isEqualTo(Person.Means.LDAP);
    assertThat(attempt(2, Secret.of("wrong"))).isInstanceOf(LoginResult.Rejected.class);
    serversGo();

    assertThat(means(attempt(1))).isEqualTo(Person.Means.LDAP_OFFLINE);
    assertThat(attempt(2)).isInstanceOf(LoginResult.Unavailable.class);
    assertThat(attempt(3)).isInstanceOf(LoginResult.Unavailable.class);
    assertThat(attempt(1, People.password(2))).isInstanceOf(LoginResult.Unavailable.class);
    open();
    assertThat(((LoginResult.Accepted) attempt(1)).person().role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void doesNotUseItsMemoryWhileOneServerAnswers() throws Exception {
    attempt(1);
    first.kill();
    try (LDAPConnection root = second.root()) {
      root.delete(People.dn(1));
    }

    assertThat(attempt(1)).isInstanceOf(LoginResult.Rejected.class);
    second.kill();
    assertThat(attempt(1)).as("forgotten").isInstanceOf(LoginResult.Unavailable.class);
  }

  @Test
  void forgetsWhoIsRejected() throws Exception {
    attempt(1);
    attempt(2);
    assertThat(attempt(1, Secret.of("wrong"))).isInstanceOf(LoginResult.Rejected.class);
    assertThat(Files.readString(file("offline"))).doesNotContain("u00001").contains("u00002");
    serversGo();

    assertThat(attempt(1)).isInstanceOf(LoginResult.Unavailable.class);
    assertThat(means(attempt(2))).isEqualTo(Person.Means.LDAP_OFFLINE);
  }

  @Test
  void forgetsAfterSevenDays() throws Exception {
    attempt(1);
    serversGo();
    clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(means(attempt(1))).isEqualTo(Person.Means.LDAP_OFFLINE);

    clock.advance(Duration.ofSeconds(1));
    assertThat(attempt(1)).isInstanceOf(LoginResult.Unavailable.class);
    assertThat(offline.size()).isZero();
  }

  @Test
  void asksTheDirectoryAgainOnceItIsBack() throws Exception {
    attempt(1);
    serversGo();
    assertThat(means(attempt(1))).isEqualTo(Person.Means.LDAP_OFFLINE);
    serversReturn();

    assertThat(means(attempt(1))).isEqualTo(Person.Means.LDAP);
  }

  @Test
  void leavesNoPasswordInAnyFile() throws Exception {
    attempt(1);
    attempt(1, Secret.of("planted-canary-wrong"));
    attempt(2);
    serversGo();
    attempt(2);
    attempt(3);

    for (String name : List.of("offline", "audit.log")) {
      assertThat(Files.readString(file(name))).isNotEmpty().doesNotContain("canary");
    }
  }
}
