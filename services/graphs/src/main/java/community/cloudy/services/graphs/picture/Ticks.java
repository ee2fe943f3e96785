package community.cloudy.services.graphs.picture;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where axes are labelled. */
final class Ticks {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;
  private static final int[] STEPS = {
    MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY
  };

  private Ticks() {}

  /**
   * A label of the axis of time.
   *
   * @param seconds since 1970
   */
  record Time(long seconds, String label) {}

  /** Returns the distance of labels on an axis up to a value: 1, 2 or 5 times a power of ten. */
  static double step(double range, int most) {
    double raw = range / Math.max(1, most);
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double digit = raw / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  /** Returns at most so many labels of times, at round hours, days or months of the zone. */
  static List<Time> times(long from, long to, int most, ZoneId zone, Language language) {
    long least = (to - from) / Math.max(1, most);
    for (int step : STEPS) {
      if (step >= least) {
        return step < DAY
            ? hours(from, to, step, zone, language)
            : days(from, to, step / DAY, zone, language);
      }
    }
    return months(from, to, (int) (least / (28L * DAY) + 1), zone, language);
  }

  private static List<Time> hours(long from, long to, int step, ZoneId zone, Language language) {
    List<Time> times = new ArrayList<>();
    long midnight = local(from, zone).toLocalDate().atStartOfDay(zone).toEpochSecond();
    for (long at = midnight; at <= to; at += step) {
      ZonedDateTime time = local(at, zone);
      String clock = String.format(Locale.ROOT, "%02d:%02d", time.getHour(), time.getMinute());
      boolean first = time.getHour() == 0 && time.getMinute() == 0;
      String day = language.day(time.getDayOfWeek().getValue()) + " " + time.getDayOfMonth();
      if (at >= from) {
        times.add(new Time(at, first ? day : clock));
      }
    }
    return times;
  }

  private static List<Time> days(long from, long to, int step, ZoneId zone, Language language) {
    List<Time> times = new ArrayList<>();
    LocalDate day = LocalDate.ofEpochDay(local(from, zone).toLocalDate().toEpochDay() / 7 * 7 + 4);
    for (LocalDate at = day.minusDays(14); ; at = at.plusDays(step)) {
      long seconds = at.atStartOfDay(zone).toEpochSecond();
      if (seconds > to) {
        return times;
      }
      if (seconds >= from) {
        String label =
            step < 7
                ? language.day(at.getDayOfWeek().getValue()) + " " + at.getDayOfMonth()
                : at.getDayOfMonth() + " " + language.month(at.getMonthValue());
        times.add(new Time(seconds, label));
      }
    }
  }

  private static List<Time> months(long from, long to, int step, ZoneId zone, Language language) {
    List<Time> times = new ArrayList<>();
    LocalDate first = local(from, zone).toLocalDate().withDayOfYear(1);
    for (LocalDate at = first; ; at = at.plusMonths(step)) {
      long seconds = at.atStartOfDay(zone).toEpochSecond();
      if (seconds > to) {
        return times;
      }
      if (seconds >= from) {
        String year = at.getMonthValue() == 1 ? String.valueOf(at.getYear()) : "";
        times.add(new Time(seconds, year.isEmpty() ? language.month(at.getMonthValue()) : year));
      }
    }
  }

  private static ZonedDateTime local(long seconds, ZoneId zone) {
    return Instant.ofEpochSecond(seconds).atZone(zone);
  }
}
