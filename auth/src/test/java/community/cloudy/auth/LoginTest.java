package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.auth.AuditLog.Filter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked in which order, and what comes of their answers. */
final class LoginTest {
  private static final Secret PASSWORD = Secret.of("planted-canary");
  private static final Person JOAN = new Person("joan", "Joan", Role.VIEWER, Person.Means.LDAP);
  private static final Diagnosis DOWN = new Diagnosis("it is down", "Wait.");
  private static final Optional<InetAddress> FROM = Optional.of(InetAddress.getLoopbackAddress());

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final SecureRandom random = new SecureRandom();
  private final PasswordHash hash = new PasswordHash(random, Duration.ofSeconds(60));
  private final List<String> asked = new ArrayList<>();
  private Verdict verdict = new Verdict.Refused("nobody is found");
  private LocalUsers locals;
  private AuditLog audit;
  private Login login;

  @BeforeEach
  void open() {
    locals = LocalUsers.open(folder.resolve("users"), hash, clock, random);
    audit = new AuditLog(folder.resolve("audit.log"), clock);
    LdapConfig config =
        new LdapConfig(
            List.of(LdapUrl.parse("ldaps://ldap.example.org")),
            "dc=x",
            UserMatch.ByFilter.UID,
            Optional.empty(),
            new LdapConfig.Security(false, false, Optional.empty()),
            Optional.empty(),
            LdapConfig.Limits.DEFAULT,
            7);
    OfflineCache offline =
        OfflineCache.open(
            folder.resolve("offline"),
            Optional.of(config),
            new Roles(Map.of(Role.VIEWER, Set.of("*"))),
            hash,
            clock,
            random);
    login =
        new Login(
            new Throttle(clock),
            locals,
            Optional.of(
                (name, password) -> {
                  asked.add(name.text());
                  return verdict;
                }),
            offline,
            hash,
            audit);
  }

  private LoginResult attempt(String name) {
    return login.attempt(name, PASSWORD, FROM);
  }

  private static Person accepted(LoginResult result) {
    assertThat(result).isInstanceOf(LoginResult.Accepted.class);
    return ((LoginResult.Accepted) result).person();
  }

  @Test
  void asksTheDirectoryForWhoIsNotLocal() {
    verdict = new Verdict.Accepted(JOAN, Set.of());

    assertThat(accepted(attempt(" Joan"))).isEqualTo(JOAN);
    assertThat(asked).containsExactly("joan");
  }

  @Test
  void neverAsksTheDirectoryForALocalUser() {
    locals.add("maria", Role.ADMIN, PASSWORD);
    verdict = new Verdict.Accepted(JOAN, Set.of());

    assertThat(accepted(attempt("MARIA")).means()).isEqualTo(Person.Means.LOCAL);
    assertThat(login.attempt("maria", Secret.of("wrong"), FROM))
        .isInstanceOf(LoginResult.Rejected.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void doesNotLetTheDirectoryNameSomebodyAsALocalUser() {
    locals.add("maria", Role.ADMIN, PASSWORD);
    verdict =
        new Verdict.Accepted(new Person("maria", "", Role.VIEWER, Person.Means.LDAP), Set.of());

    assertThat(attempt("maria@example.org")).isInstanceOf(LoginResult.Rejected.class);
  }

  @Test
  void saysTheSameWhateverTheReason() {
    locals.add("maria", Role.ADMIN, Secret.of("another password"));
    String unknown = ((LoginResult.Rejected) attempt("nobody")).message();
    String wrong = ((LoginResult.Rejected) attempt("maria")).message();
    String invalid = ((LoginResult.Rejected) attempt("\u0000")).message();

    assertThat(List.of(wrong, invalid)).containsOnly(unknown);
    assertThat(audit.read(3, Filter.ALL))
        .extracting(AuditEntry::detail)
        .containsExactly(
            "not a login", "wrong password of a local user, or locked", "nobody is found");
  }

  @Test
  void remembersOnlyForWhenNoServerIsReached() {
    verdict = new Verdict.Accepted(JOAN, Set.of());
    attempt("joan");

    verdict = new Verdict.Unreachable(DOWN);
    assertThat(accepted(attempt("joan")).means()).isEqualTo(Person.Means.LDAP_OFFLINE);
    verdict = new Verdict.Unable(DOWN);
    assertThat(attempt("joan")).isEqualTo(new LoginResult.Unavailable("it is down", "Wait."));
  }

  @Test
  void forgetsWhoIsRejected() {
    verdict = new Verdict.Accepted(JOAN, Set.of());
    attempt("joan");
    verdict = new Verdict.Refused("the directory refuses the password");
    attempt("joan");

    verdict = new Verdict.Unreachable(DOWN);
    assertThat(attempt("joan")).isInstanceOf(LoginResult.Unavailable.class);
  }

  @Test
  void answersTheUnknownAndTheWrongAlikeWhileOffline() {
    verdict = new Verdict.Accepted(JOAN, Set.of());
    attempt("joan");
    verdict = new Verdict.Unreachable(DOWN);

    assertThat(login.attempt("joan", Secret.of("wrong"), FROM))
        .isEqualTo(attempt("nobody"))
        .isInstanceOf(LoginResult.Unavailable.class);
  }

  @Test
  void throttlesGuessesOnlineAndOffline() {
    for (int i = 0; i < 5; i++) {
      assertThat(attempt("maria")).isInstanceOf(LoginResult.Rejected.class);
    }
    assertThat(attempt("maria")).isEqualTo(new LoginResult.Throttled(Duration.ofSeconds(1)));

    verdict = new Verdict.Unreachable(DOWN);
    for (int i = 0; i < 5; i++) {
      assertThat(attempt("joan")).isInstanceOf(LoginResult.Unavailable.class);
    }
    assertThat(attempt("joan")).isInstanceOf(LoginResult.Throttled.class);
  }

  @Test
  void doesNotCountWhatTheDirectoryCouldNotJudge() {
    verdict = new Verdict.Unable(DOWN);
    for (int i = 0; i < 30; i++) {
      assertThat(attempt("joan")).isInstanceOf(LoginResult.Unavailable.class);
    }
  }

  @Test
  void forgetsFailuresAfterASuccess() {
    for (int i = 0; i < 4; i++) {
      attempt("joan");
    }
    verdict = new Verdict.Accepted(JOAN, Set.of());
    for (int i = 0; i < 30; i++) {
      assertThat(accepted(attempt("joan"))).isEqualTo(JOAN);
    }
  }

  @Test
  void writesNoPasswordToTheAuditLog() {
    verdict = new Verdict.Accepted(JOAN, Set.of());
    attempt("joan");
    verdict = new Verdict.Refused("x");
    attempt("joan");

    assertThat(audit.read(10, Filter.ALL)).hasSize(2);
    assertThat(audit.read(10, Filter.ALL).toString()).doesNotContain("canary");
    assertThat(folder.resolve("audit.log")).content().doesNotContain("canary");
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(login.attempt("joan", Secret.of("x".repeat(1025)), FROM))
        .isInstanceOf(LoginResult.Rejected.class);
    assertThat(attempt("x".repeat(129))).isInstanceOf(LoginResult.Rejected.class);
    assertThat(asked).isEmpty();
  }
}
