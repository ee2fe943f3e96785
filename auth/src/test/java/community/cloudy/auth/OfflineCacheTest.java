package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfflineCacheTest {
  private static final Secret PASSWORD = Secret.of("planted-canary");
  private static final LoginName NAME = new LoginName("maria");
  private static final Person MARIA =
      new Person("maria", "Maria: Puig", Role.OPERATOR, Person.Means.LDAP);
  private static final Verdict.Accepted ACCEPTED =
      new Verdict.Accepted(MARIA, Set.of("cn=ops,o=x", "ou=a:b#,o=x"));
  private static final Roles ROLES = new Roles(Map.of(Role.VIEWER, Set.of("*")));

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final PasswordHash hash = new PasswordHash(new SecureRandom(), Duration.ofSeconds(60));

  private static LdapConfig config(String base, int days) {
    return new LdapConfig(
        List.of(LdapUrl.parse("ldaps://ldap.example.org")),
        base,
        UserMatch.ByFilter.UID,
        Optional.empty(),
        new LdapConfig.Security(false, false, Optional.empty()),
        Optional.empty(),
        LdapConfig.Limits.DEFAULT,
        days);
  }

  private OfflineCache open(Optional<LdapConfig> config, Roles roles) {
    return OfflineCache.open(file(), config, roles, hash, clock, new SecureRandom());
  }

  private OfflineCache open() {
    return open(Optional.of(config("dc=x", 7)), ROLES);
  }

  private Path file() {
    return folder.resolve("offline");
  }

  private OfflineCache withMaria() {
    OfflineCache cache = open();
    cache.remember(NAME, ACCEPTED, PASSWORD);
    return cache;
  }

  @Test
  void remembersAcrossRestartsAndMarksThePerson() {
    withMaria();

    assertThat(open().verify(NAME, PASSWORD))
        .contains(new Verdict.Accepted(MARIA.with(Person.Means.LDAP_OFFLINE), ACCEPTED.units()));
    assertThat(open().verify(NAME, Secret.of("planted-canarz"))).isEmpty();
    assertThat(open().verify(new LoginName("joan"), PASSWORD)).isEmpty();
  }

  @Test
  void holdsNothingReversible() throws Exception {
    withMaria();

    String text = Files.readString(file());
    assertThat(text).contains("$argon2id$").doesNotContain("canary").doesNotContain("planted");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void expires() throws Exception {
    OfflineCache cache = withMaria();

    clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(cache.verify(NAME, PASSWORD)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(cache.verify(NAME, PASSWORD)).isEmpty();
    assertThat(Files.readString(file())).doesNotContain("argon2");
    assertThat(open().size()).isZero();
  }

  @Test
  void expiresThoughEachStartShowsTheSameTime() {
    withMaria();
    int starts = 0;
    OfflineCache cache = open();
    while (cache.verify(NAME, PASSWORD).isPresent()) {
      assertThat(starts++).isLessThan(10);
      clock.set(Instant.EPOCH);
      cache = open();
      cache.verify(NAME, PASSWORD);
      clock.advance(Duration.ofHours(23));
    }

    assertThat(starts).isEqualTo(8);
  }

  @Test
  void forgetsWhoIsRejectedByWhateverNameTheyCame() {
    OfflineCache cache = withMaria();
    LoginName mail = new LoginName("maria@example.org");
    cache.remember(mail, ACCEPTED, PASSWORD);
    assertThat(cache.size()).isEqualTo(2);

    cache.forget(mail);
    assertThat(cache.verify(NAME, PASSWORD)).isEmpty();
    assertThat(open().size()).isZero();
  }

  @Test
  void takesTheNewPasswordAndNoLongerTheOld() {
    OfflineCache cache = withMaria();
    cache.remember(NAME, ACCEPTED, Secret.of("another one"));

    assertThat(cache.verify(NAME, PASSWORD)).isEmpty();
    assertThat(cache.verify(NAME, Secret.of("another one"))).isPresent();
  }

  @Test
  void writesNothingForTheSamePasswordWithinAnHour() throws Exception {
    OfflineCache cache = withMaria();
    String before = Files.readString(file());
    clock.advance(Duration.ofMinutes(59));
    cache.remember(NAME, ACCEPTED, PASSWORD);
    assertThat(Files.readString(file())).isEqualTo(before);

    clock.advance(Duration.ofMinutes(1));
    cache.remember(NAME, ACCEPTED, PASSWORD);
    assertThat(Files.readString(file())).isNotEqualTo(before);
    clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(open().verify(NAME, PASSWORD)).isPresent();
  }

  @Test
  void followsALowerRoleAtOnce() {
    OfflineCache cache = withMaria();
    cache.remember(
        NAME,
        new Verdict.Accepted(new Person("maria", "", Role.VIEWER, Person.Means.LDAP), Set.of()),
        PASSWORD);

    assertThat(open().verify(NAME, PASSWORD).orElseThrow().person().role()).isEqualTo(Role.VIEWER);
  }

  @Test
  void dropsEntriesOfAnotherDirectoryOrOtherRoles() {
    withMaria();

    assertThat(open(Optional.of(config("dc=y", 7)), ROLES).size()).isZero();
    assertThat(open(Optional.of(config("dc=x", 7)), new Roles(Map.of())).size()).isZero();
    assertThat(open(Optional.of(config("dc=x", 3)), ROLES).size()).isEqualTo(1);
  }

  @Test
  void isWipedWhenItIsSwitchedOff() {
    withMaria();
    OfflineCache off = open(Optional.of(config("dc=x", 0)), ROLES);
    assertThat(file()).doesNotExist();
    off.remember(NAME, ACCEPTED, PASSWORD);
    assertThat(off.verify(NAME, PASSWORD)).isEmpty();
    assertThat(file()).doesNotExist();

    withMaria();
    open(Optional.empty(), ROLES);
    assertThat(file()).doesNotExist();
  }

  @Test
  void startsEmptyOnADamagedFile() throws Exception {
    withMaria();
    Files.writeString(file(), Files.readString(file()).replace("operator", "boss"));

    OfflineCache cache = open();
    assertThat(cache.size()).isZero();
    cache.remember(NAME, ACCEPTED, PASSWORD);
    assertThat(open().size()).isEqualTo(1);
  }

  @Test
  void forgetsTheOldPasswordThoughTheNewOneCannotBeHashed() {
    OfflineCache cache = withMaria();
    // An interrupted thread does not get its turn at the hasher.
    Thread.currentThread().interrupt();
    cache.remember(NAME, ACCEPTED, Secret.of("another one"));
    assertThat(Thread.interrupted()).isTrue();

    assertThat(cache.verify(NAME, PASSWORD)).isEmpty();
    assertThat(cache.verify(NAME, Secret.of("another one"))).isEmpty();
    assertThat(open().size()).as("in the file too").isZero();
  }

  @Test
  void doesNotRememberWhoIsRejectedWhileTheirPasswordIsHashed() {
    List<OfflineCache> opened = new ArrayList<>();
    SecureRandom salts =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            opened.forEach(cache -> cache.forget(NAME));
          }
        };
    OfflineCache cache =
        OfflineCache.open(
            file(),
            Optional.of(config("dc=x", 7)),
            ROLES,
            new PasswordHash(salts, Duration.ofSeconds(60)),
            clock,
            new SecureRandom());
    opened.add(cache);
    cache.remember(NAME, ACCEPTED, PASSWORD);

    assertThat(cache.size()).isZero();
  }
}
