package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.auth.Sessions.Limits;
import community.cloudy.auth.Sessions.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsTest {
  private static final Person MARIA = person("maria");
  private final ManualClock clock = new ManualClock();
  @TempDir private Path folder;
  private Sessions sessions;

  @BeforeEach
  void open() {
    sessions =
        Sessions.open(
            folder.resolve("sessions"),
            new Limits(Duration.ofHours(1), Duration.ofHours(12), 3, 5),
            clock,
            new SecureRandom());
  }

  private static Person person(String login) {
    return new Person(login, login, Role.VIEWER, Person.Means.LDAP_OFFLINE);
  }

  @Test
  void knowsWhoIsLoggedInAndHow() {
    Opened opened = sessions.open(MARIA, "10.1.2.3");

    assertThat(opened.id().revealText()).hasSize(43);
    assertThat(sessions.find(opened.id()).orElseThrow().person()).isEqualTo(MARIA);
    assertThat(sessions.find(Secret.of("x"))).isEmpty();
    assertThat(sessions.find(Secret.of(""))).isEmpty();
  }

  @Test
  void showsNobodyTheId() {
    Opened opened = sessions.open(MARIA, "10.1.2.3");

    assertThat(opened.toString()).doesNotContain(opened.id().revealText());
    assertThat(sessions.list().toString()).doesNotContain(opened.id().revealText());
  }

  @Test
  void goesOnAfterAnOrderlyRestartAndForgetsWhoeverLeft() throws IOException {
    Secret kept = sessions.open(MARIA, "10.1.2.3").id();
    Secret left = sessions.open(person("joan"), "::1").id();
    sessions.close(left);
    List<Sessions.Session> before = sessions.list();

    sessions.close();
    assertThat(Files.readString(folder.resolve("sessions"))).doesNotContain(kept.revealText());
    open();

    assertThat(sessions.list()).isEqualTo(before);
    assertThat(sessions.isOpen(kept)).isTrue();
    assertThat(sessions.isOpen(left)).isFalse();
  }

  @Test
  void endsWithACrash() {
    sessions.open(MARIA, "10.1.2.3");
    sessions.close();
    open();

    open();

    assertThat(sessions.list()).isEmpty();
  }

  @Test
  void damageLetsNobodyInAndStopsNothing() throws IOException {
    Files.writeString(folder.resolve("sessions"), "not a session\n");

    open();

    assertThat(sessions.list()).isEmpty();
    assertThat(folder.resolve("sessions")).doesNotExist();
  }

  @Test
  void endsWhenIdle() {
    Secret id = sessions.open(MARIA, "").id();
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofMinutes(59));
      assertThat(sessions.find(id)).isPresent();
    }

    clock.advance(Duration.ofMinutes(60));
    assertThat(sessions.find(id)).isEmpty();
    assertThat(sessions.list()).isEmpty();
  }

  @Test
  void endsAfterItsTimeHoweverBusy() {
    Secret id = sessions.open(MARIA, "").id();
    for (int i = 0; i < 23; i++) {
      clock.advance(Duration.ofMinutes(30));
      assertThat(sessions.find(id)).isPresent();
    }

    clock.advance(Duration.ofMinutes(30));
    assertThat(sessions.find(id)).isEmpty();
  }

  @Test
  void endsThoughTheClockIsSetBack() {
    Secret id = sessions.open(MARIA, "").id();
    clock.set(Instant.EPOCH);
    assertThat(sessions.find(id)).isPresent();

    clock.advance(Duration.ofHours(1));
    assertThat(sessions.find(id)).isEmpty();
  }

  @Test
  void logsOutOneOrAllOfAPerson() {
    Secret one = sessions.open(MARIA, "").id();
    Secret two = sessions.open(MARIA, "").id();
    Secret other = sessions.open(person("joan"), "").id();

    assertThat(sessions.close(one)).isTrue();
    assertThat(sessions.close(one)).isFalse();
    sessions.open(MARIA, "");
    assertThat(sessions.closeAll("maria")).isEqualTo(2);
    assertThat(sessions.find(two)).isEmpty();
    assertThat(sessions.find(other)).isPresent();
  }

  @Test
  void makesRoomByEndingTheLeastRecentlyUsedOfThePerson() {
    Secret other = sessions.open(person("joan"), "").id();
    clock.advance(Duration.ofMinutes(1));
    Secret first = sessions.open(MARIA, "").id();
    clock.advance(Duration.ofMinutes(1));
    Secret second = sessions.open(MARIA, "").id();
    Secret third = sessions.open(MARIA, "").id();
    clock.advance(Duration.ofMinutes(1));
    sessions.find(first);

    sessions.open(MARIA, "");
    assertThat(sessions.find(second)).isEmpty();
    assertThat(sessions.find(first)).isPresent();
    assertThat(sessions.find(third)).isPresent();
    assertThat(sessions.find(other)).isPresent();
  }

  @Test
  void isBoundedInAll() {
    for (int i = 0; i < 50; i++) {
      sessions.open(person("p" + i), "");
    }

    assertThat(sessions.list()).hasSize(5);
  }

  @Test
  void knowsItsOwnCsrfTokenAlone() {
    Opened one = sessions.open(MARIA, "");
    Opened two = sessions.open(MARIA, "");

    assertThat(Sessions.csrfMatches(one.id(), one.csrf())).isTrue();
    assertThat(Sessions.csrfMatches(one.id(), two.csrf())).isFalse();
    assertThat(Sessions.csrfMatches(one.id(), "")).isFalse();
    assertThat(one.csrf()).doesNotContain(one.id().revealText());
  }
}
