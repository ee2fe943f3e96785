package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.auth.AuthException.Code;
import community.cloudy.auth.LocalUsers.LocalUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalUsersTest {
  private static final Secret PASSWORD = Secret.of("correct horse");
  private static final LoginName MARIA = new LoginName("maria");
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;
  private final PasswordHash hash = new PasswordHash(RANDOM, Duration.ofSeconds(60));

  private LocalUsers open() {
    return LocalUsers.open(folder.resolve("users"), hash, new ManualClock(), RANDOM);
  }

  private static void fails(Code code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageMatching("(?s)Could not .+: .+\\. .+\\.");
  }

  @Test
  void makesOneAdminAtTheFirstStartOnly() {
    Secret password = open().firstAdmin().orElseThrow();

    assertThat(password.revealText()).matches("([a-z2-9]{5}-){4}[a-z2-9]{5}");
    assertThat(open().firstAdmin()).isEmpty();
    assertThat(open().verify(new LoginName("admin"), password))
        .contains(new Person("admin", "admin", Role.ADMIN, Person.Means.LOCAL));
  }

  @Test
  void keepsUsersAcrossRestarts() {
    LocalUsers users = open();
    users.add("maria", Role.OPERATOR, PASSWORD);

    assertThat(open().list()).isEqualTo(users.list()).hasSize(1);
    assertThat(open().verify(MARIA, PASSWORD).orElseThrow().role()).isEqualTo(Role.OPERATOR);
    assertThat(open().verify(MARIA, Secret.of("wrong horse"))).isEmpty();
    assertThat(open().verify(new LoginName("nobody"), PASSWORD)).isEmpty();
  }

  @Test
  void keepsAPrivateFileWithoutThePassword() throws Exception {
    open().add("maria", Role.VIEWER, PASSWORD);

    Path file = folder.resolve("users");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file))
        .contains("maria:viewer:active:20261124T101500Z:$argon2id$")
        .doesNotContain(PASSWORD.revealText());
  }

  @Test
  void takesANewPasswordAndForgetsTheOld() {
    LocalUsers users = open();
    users.add("maria", Role.VIEWER, PASSWORD);
    users.passwd("maria", Secret.of("battery staple"));

    assertThat(users.verify(MARIA, PASSWORD)).isEmpty();
    assertThat(users.verify(MARIA, Secret.of("battery staple"))).isPresent();
  }

  @Test
  void doesNotLetALockedUserIn() {
    LocalUsers users = open();
    users.add("maria", Role.VIEWER, PASSWORD);
    users.lock("maria");
    assertThat(open().verify(MARIA, PASSWORD)).isEmpty();
    assertThat(open().has(MARIA)).isTrue();

    users.unlock("maria");
    assertThat(users.verify(MARIA, PASSWORD)).isPresent();
  }

  @Test
  void keepsTheLastActiveAdmin() {
    LocalUsers users = open();
    users.firstAdmin();
    fails(Code.REFUSED, () -> users.remove("admin"));
    fails(Code.REFUSED, () -> users.lock("admin"));

    users.add("maria", Role.ADMIN, PASSWORD);
    users.lock("admin");
    fails(Code.REFUSED, () -> users.remove("maria"));
    users.remove("admin");
    assertThat(users.list()).extracting(LocalUser::name).containsExactly("maria");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Maria", "1maria", "ma ria", "ma:ria", "ma\nria", "../maria", "mari\u00e0"})
  void refusesOtherNames(String name) {
    fails(Code.INVALID, () -> open().add(name, Role.VIEWER, PASSWORD));
  }

  @Test
  void refusesShortAndEndlessPasswords() {
    LocalUsers users = open();
    fails(Code.INVALID, () -> users.add("maria", Role.VIEWER, Secret.of("123456789")));
    fails(Code.INVALID, () -> users.add("maria", Role.VIEWER, Secret.of("a".repeat(1025))));
    fails(Code.INVALID, () -> users.add("a".repeat(33), Role.VIEWER, PASSWORD));
    assertThat(users.list()).isEmpty();
  }

  @Test
  void saysWhoIsThereAndWhoIsNot() {
    LocalUsers users = open();
    users.add("maria", Role.VIEWER, PASSWORD);

    fails(Code.EXISTS, () -> users.add("maria", Role.ADMIN, PASSWORD));
    fails(Code.NOT_FOUND, () -> users.passwd("joan", PASSWORD));
    fails(Code.NOT_FOUND, () -> users.remove("joan"));
    fails(Code.NOT_FOUND, () -> users.lock("joan"));
  }

  @Test
  void forgetsAChangeThatCouldNotBeWritten() throws Exception {
    LocalUsers users = open();
    users.add("maria", Role.VIEWER, PASSWORD);
    // A folder in the way of the file that is written beside.
    Files.createDirectories(folder.resolve("users.new").resolve("in the way"));

    fails(Code.STORAGE, () -> users.lock("maria"));
    fails(Code.STORAGE, () -> users.remove("maria"));
    fails(Code.STORAGE, () -> users.add("joan", Role.VIEWER, PASSWORD));
    assertThat(users.list()).extracting(LocalUser::name).containsExactly("maria");
    assertThat(users.list().get(0).locked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maria:boss:active:20261124T101500Z:x",
        "maria:admin:asleep:20261124T101500Z:x",
        "maria:admin:active:yesterday:x",
        "Maria:admin:active:20261124T101500Z:x",
        "maria:admin"
      })
  void refusesADamagedFile(String line) throws Exception {
    Files.writeString(folder.resolve("users"), line + "\n");

    fails(Code.STORAGE, this::open);
  }
}
