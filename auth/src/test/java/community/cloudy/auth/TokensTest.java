package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.AuthException.Code;
import community.cloudy.auth.Tokens.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokensTest {
  private static final Person MARIA =
      new Person("maria", "Maria", Role.OPERATOR, Person.Means.LOCAL);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();

  private Tokens open() {
    return Tokens.open(folder.resolve("tokens"), clock, new SecureRandom());
  }

  private static Secret create(Tokens tokens, String name, Role role) {
    return tokens.create(MARIA, name, role, Optional.empty());
  }

  private static void fails(Code code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageMatching("Could not .+: .+\\. .+\\.");
  }

  @Test
  void grantsItsRoleAndNoMore() {
    Secret secret = create(open(), "backup", Role.VIEWER);

    assertThat(secret.revealText()).matches("cloudy_[A-Za-z0-9_-]{43}");
    Token token = open().verify(secret).orElseThrow();
    assertThat(token.person())
        .isEqualTo(new Person("maria", "maria", Role.VIEWER, Person.Means.TOKEN));
  }

  @Test
  void takesNothingThatIsNotAToken() {
    Tokens tokens = open();
    String right = create(tokens, "backup", Role.VIEWER).revealText();

    assertThat(tokens.verify(Secret.of(""))).isEmpty();
    assertThat(tokens.verify(Secret.of(right.substring(1)))).isEmpty();
    assertThat(tokens.verify(Secret.of(right + "x"))).isEmpty();
    char last = right.charAt(right.length() - 1) == 'A' ? 'B' : 'A';
    assertThat(tokens.verify(Secret.of(right.substring(0, right.length() - 1) + last))).isEmpty();
  }

  @Test
  void keepsNothingThatCouldBePresented() throws Exception {
    Secret secret = create(open(), "backup", Role.VIEWER);

    Path file = folder.resolve("tokens");
    assertThat(Files.readString(file))
        .contains("maria:backup:viewer:20261124T101500Z:20270222T101500Z::")
        .doesNotContain(secret.revealText().substring(7));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void expires() {
    Tokens tokens = open();
    Secret secret = tokens.create(MARIA, "short", Role.VIEWER, Optional.of(Duration.ofDays(1)));

    clock.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(tokens.verify(secret)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.verify(secret)).isEmpty();
    assertThat(open().verify(secret)).isEmpty();
  }

  @Test
  void expiresThoughTheClockIsSetBack() {
    Secret secret = open().create(MARIA, "short", Role.VIEWER, Optional.of(Duration.ofHours(1)));
    clock.set(Instant.EPOCH);
    Tokens tokens = open();
    assertThat(tokens.verify(secret)).isPresent();

    clock.advance(Duration.ofHours(1));
    assertThat(tokens.verify(secret)).isEmpty();
  }

  @Test
  void notesItsUseAtMostOnceAMinute() throws Exception {
    Tokens tokens = open();
    Secret secret = create(tokens, "backup", Role.VIEWER);
    Instant first = clock.instant();
    assertThat(tokens.verify(secret).orElseThrow().used()).contains(first);
    Files.delete(folder.resolve("tokens"));

    clock.advance(Duration.ofSeconds(59));
    tokens.verify(secret);
    assertThat(folder.resolve("tokens")).doesNotExist();
    clock.advance(Duration.ofSeconds(1));
    tokens.verify(secret);
    assertThat(open().list().get(0).used()).contains(clock.instant());
  }

  @Test
  void worksThoughItsUseCannotBeNoted() throws Exception {
    Tokens tokens = open();
    Secret secret = create(tokens, "backup", Role.VIEWER);
    Files.createDirectories(folder.resolve("tokens.new").resolve("in the way"));

    assertThat(tokens.verify(secret)).isPresent();
    fails(Code.STORAGE, () -> create(tokens, "other", Role.VIEWER));
    assertThat(tokens.list()).hasSize(1);
  }

  @Test
  void isRevoked() {
    Tokens tokens = open();
    Secret one = create(tokens, "one", Role.VIEWER);
    Secret two = create(tokens, "two", Role.VIEWER);

    tokens.revoke("maria", "one");
    assertThat(open().verify(one)).isEmpty();
    assertThat(open().verify(two)).isPresent();
    fails(Code.NOT_FOUND, () -> tokens.revoke("maria", "one"));
    fails(Code.NOT_FOUND, () -> tokens.revoke("joan", "two"));
    assertThat(tokens.revokeAll("maria")).isEqualTo(1);
    assertThat(tokens.verify(two)).isEmpty();
  }

  @Test
  void isRefusedToWhoMayNotHaveIt() {
    Tokens tokens = open();
    Person offline = new Person("maria", "", Role.ADMIN, Person.Means.LDAP_OFFLINE);
    Person token = new Person("maria", "", Role.ADMIN, Person.Means.TOKEN);

    fails(Code.REFUSED, () -> create(tokens, "x", Role.ADMIN));
    fails(Code.REFUSED, () -> tokens.create(offline, "x", Role.VIEWER, Optional.empty()));
    fails(Code.REFUSED, () -> tokens.create(token, "x", Role.VIEWER, Optional.empty()));
    fails(Code.INVALID, () -> create(tokens, "", Role.VIEWER));
    fails(Code.INVALID, () -> create(tokens, "a:b", Role.VIEWER));
    fails(
        Code.INVALID,
        () -> tokens.create(MARIA, "x", Role.VIEWER, Optional.of(Duration.ofDays(367))));
    fails(Code.INVALID, () -> tokens.create(MARIA, "x", Role.VIEWER, Optional.of(Duration.ZERO)));
    assertThat(tokens.list()).isEmpty();
  }

  @Test
  void isBoundedForEachPerson() {
    Tokens tokens = open();
    for (int i = 0; i < 20; i++) {
      create(tokens, "t" + i, Role.VIEWER);
    }

    fails(Code.EXISTS, () -> create(tokens, "t0", Role.VIEWER));
    fails(Code.FULL, () -> create(tokens, "t20", Role.VIEWER));
  }
}
