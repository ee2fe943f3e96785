package community.cloudy.containers.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How many backups to keep: the newest of each of the last days, weeks and months that have any.
 * The newest of all is always kept.
 *
 * @param daily days, 0 to 366
 * @param weekly ISO weeks, 0 to 260
 * @param monthly months, 0 to 120
 */
public record Retention(int daily, int weekly, int monthly) {
  /** A week of days, a month of weeks, half a year of months. */
  public static final Retention USUAL = new Retention(7, 4, 6);

  /** Checks the bounds. */
  public Retention {
    if (daily < 0 || daily > 366 || weekly < 0 || weekly > 260 || monthly < 0 || monthly > 120) {
      throw new IllegalArgumentException(
          "retention must be 0 to 366 days, 0 to 260 weeks and 0 to 120 months");
    }
  }

  /** Returns which of {@code backups} may go; days begin at midnight in {@code zone}. */
  public Set<Instant> superfluous(Collection<Instant> backups, ZoneId zone) {
    List<Instant> newestFirst = new TreeSet<>(backups).descendingSet().stream().toList();
    Set<Instant> kept = new HashSet<>();
    newestFirst.stream().findFirst().ifPresent(kept::add);
    keep(newestFirst, kept, daily, time -> date(time, zone));
    keep(
        newestFirst,
        kept,
        weekly,
        time ->
            date(time, zone).get(IsoFields.WEEK_BASED_YEAR)
                + "-"
                + date(time, zone).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    keep(newestFirst, kept, monthly, time -> date(time, zone).withDayOfMonth(1));
    Set<Instant> superfluous = new TreeSet<>(backups);
    superfluous.removeAll(kept);
    return superfluous;
  }

  private static void keep(
      List<Instant> newestFirst, Set<Instant> kept, int most, Function<Instant, Object> period) {
    Set<Object> periods = new HashSet<>();
    for (Instant time : newestFirst) {
      if (periods.size() == most) {
        return;
      }
      if (periods.add(period.apply(time))) {
        kept.add(time);
      }
    }
  }

  private static LocalDate date(Instant time, ZoneId zone) {
    return LocalDate.ofInstant(time, zone);
  }
}
