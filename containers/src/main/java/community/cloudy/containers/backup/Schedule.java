package community.cloudy.containers.backup;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a stack is saved by itself.
 *
 * @param stack its name
 * @param day the day of the week; every day if there is none
 * @param at the time of day
 * @param since when it was set: nothing is due from before
 * @param retention what is kept
 */
public record Schedule(
    String stack, Optional<DayOfWeek> day, LocalTime at, Instant since, Retention retention) {
  /**
   * Tells whether it is time: since the last run, or since it was set, a point of the schedule has
   * passed. However many have, a run that was missed is made up for once.
   */
  public boolean isDue(Optional<Instant> last, Instant now, ZoneId zone) {
    Instant after = last.filter(time -> time.isAfter(since)).orElse(since);
    return latest(now, zone).isAfter(after);
  }

  /** Returns the latest point of the schedule that is not after {@code now}. */
  private Instant latest(Instant now, ZoneId zone) {
    LocalDate date = LocalDate.ofInstant(now, zone);
    while (!fits(date) || point(date, zone).isAfter(now)) {
      date = date.minusDays(1);
    }
    return point(date, zone);
  }

  private boolean fits(LocalDate date) {
    return day.isEmpty() || date.getDayOfWeek() == day.get();
  }

  private Instant point(LocalDate date, ZoneId zone) {
    return date.atTime(at).atZone(zone).toInstant();
  }
}
