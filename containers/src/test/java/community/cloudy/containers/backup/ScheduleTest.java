package community.cloudy.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
  private static final Instant SINCE = Instant.parse("2026-03-02T12:00:00Z");

  private static Schedule at(Optional<DayOfWeek> day) {
    return new Schedule("notes", day, LocalTime.of(3, 30), SINCE, Retention.USUAL);
  }

  private static boolean due(Schedule schedule, String last, String now) {
    Optional<Instant> before = Optional.of(last).filter(t -> !t.isEmpty()).map(Instant::parse);
    return schedule.isDue(before, Instant.parse(now), ZONE);
  }

  @Test
  void isDueOnceADay() {
    Schedule daily = at(Optional.empty());
    assertThat(due(daily, "", "2026-03-02T12:01:00Z")).isFalse();
    assertThat(due(daily, "", "2026-03-03T02:29:59Z")).isFalse();
    assertThat(due(daily, "", "2026-03-03T02:30:00Z")).isTrue();
    assertThat(due(daily, "2026-03-03T02:30:01Z", "2026-03-03T09:00:00Z")).isFalse();
    assertThat(due(daily, "2026-03-03T02:30:01Z", "2026-03-04T02:30:00Z")).isTrue();
  }

  @Test
  void makesUpForMissedRunsOnce() {
    Schedule daily = at(Optional.empty());
    assertThat(due(daily, "2026-03-03T02:30:01Z", "2026-03-09T18:00:00Z")).isTrue();
    assertThat(due(daily, "2026-03-09T18:00:01Z", "2026-03-09T18:10:00Z")).isFalse();
  }

  @Test
  void keepsToItsDayOfTheWeek() {
    Schedule weekly = at(Optional.of(DayOfWeek.SUNDAY));
    assertThat(due(weekly, "", "2026-03-07T23:00:00Z")).isFalse();
    assertThat(due(weekly, "", "2026-03-08T02:30:00Z")).isTrue();
    assertThat(due(weekly, "2026-03-08T02:31:00Z", "2026-03-14T23:00:00Z")).isFalse();
  }

  @Test
  void runsOnTheDayThatLacksItsHour() {
    Schedule gap =
        new Schedule("notes", Optional.empty(), LocalTime.of(2, 30), SINCE, Retention.USUAL);
    assertThat(due(gap, "2026-03-28T02:00:00Z", "2026-03-29T01:31:00Z")).isTrue();
  }

  @Test
  void keepsTheNewestOfEachPeriod() {
    List<Instant> backups = new ArrayList<>();
    for (Instant t = Instant.parse("2026-01-01T02:00:00Z");
        t.isBefore(Instant.parse("2026-07-01T00:00:00Z"));
        t = t.plusSeconds(12 * 3600)) {
      backups.add(t);
    }
    Set<Instant> gone = new Retention(3, 2, 4).superfluous(backups, ZoneId.of("UTC"));
    List<Instant> kept = new ArrayList<>(backups);
    kept.removeAll(gone);
    assertThat(kept)
        .extracting(Instant::toString)
        .containsExactly(
            "2026-03-31T14:00:00Z",
            "2026-04-30T14:00:00Z",
            "2026-05-31T14:00:00Z",
            "2026-06-28T14:00:00Z",
            "2026-06-28T14:00:00Z".replace("28", "29"),
            "2026-06-30T14:00:00Z");
  }

  @Test
  void alwaysKeepsTheNewest() {
    Instant only = Instant.parse("2020-01-01T00:00:00Z");
    assertThat(new Retention(0, 0, 0).superfluous(List.of(only, only.minusSeconds(1)), ZONE))
        .containsExactly(only.minusSeconds(1));
  }
}
