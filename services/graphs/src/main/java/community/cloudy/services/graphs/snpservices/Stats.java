package community.cloudy.services.graphs.snpservices;

import community.cloudy.services.graphs.store.Answers;
import community.cloudy.services.graphs.store.FileName;
import community.cloudy.services.graphs.store.Series;
import community.cloudy.services.graphs.store.Store;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The text of statistics that guifi.net's site reads: a line a device,
 *
 * <pre>ID|MAX,MEAN,AVAILABLE,LAST_ONLINE,DATE,TIME,SUCCEEDED|PORT,IN,OUT|…</pre>
 *
 * <p>with times in ms of the last day, the share of the last year in which it answered, the date
 * and time of the last sample and how many of its requests were answered, and for each port
 * millions of bytes. The format is that of snpservices to the byte. Three figures are truer: the
 * mean is over the samples that have a time, where it was over all; the last sample is the newest,
 * where it was the last day's mean; and an outage counts, as it is kept as such, where it was left
 * out.
 */
final class Stats {
  private static final int DAY = 86_400;
  private static final int YEAR = 365 * DAY;
  private static final int MAX_DEVICES = 50_000;
  private static final Duration FRESH = Duration.ofHours(12);
  private static final double MILLION = 1e6;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Store store;
  private final ZoneId zone;

  Stats(Store store, ZoneId zone) {
    this.store = store;
    this.zone = zone;
  }

  /**
   * Returns what is known of pings; what is not before the file's last update does not count.
   *
   * @param seconds how far it looks back
   * @param now seconds since 1970
   */
  Answers pings(String device, long seconds, long now) throws IOException {
    return store
        .averages(FileName.ping(device), now - seconds, now, 1)
        .map(series -> Answers.before(series, series.updated()))
        .orElse(Answers.NONE);
  }

  /** Returns a time of day; empty if there is none. */
  String clock(OptionalLong seconds) {
    return time(CLOCK, seconds);
  }

  private String time(DateTimeFormatter format, OptionalLong seconds) {
    return seconds.isEmpty()
        ? ""
        : format.format(Instant.ofEpochSecond(seconds.getAsLong()).atZone(zone));
  }

  /** Returns the lines of some devices, in the order of their numbers. */
  String lines(List<String> devices, long now, long trafficFrom, long trafficTo)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    Map<String, List<FileName>> files =
        store.list().stream()
            .filter(name -> name.kind() == FileName.Kind.TRAF)
            .collect(Collectors.groupingBy(FileName::device));
    for (String device : sorted(devices)) {
      lines.append(device).append(line(device, now));
      for (FileName name : files.getOrDefault(device, List.of())) {
        lines.append(traffic(name, trafficFrom, trafficTo));
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  private static List<String> sorted(List<String> devices) {
    List<String> sorted = new ArrayList<>(devices);
    sorted.sort(
        Comparator.comparing((String id) -> !isNumber(id))
            .thenComparing(id -> isNumber(id) ? new BigInteger(id) : BigInteger.ZERO)
            .thenComparing(Comparator.naturalOrder()));
    return sorted;
  }

  private static boolean isNumber(String id) {
    return id.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns the devices of which there are pings of the last twelve hours. */
  List<String> fresh(long now) throws IOException {
    List<String> fresh = new ArrayList<>();
    Instant since = Instant.ofEpochSecond(now).minus(FRESH);
    for (FileName name : store.list()) {
      if (name.kind() == FileName.Kind.PING
          && fresh.size() < MAX_DEVICES
          && store.touched(name).filter(at -> at.isAfter(since)).isPresent()) {
        fresh.add(name.device());
      }
    }
    return fresh;
  }

  private String line(String device, long now) throws IOException {
    Answers day = pings(device, DAY, now);
    Answers year = pings(device, YEAR, now);
    double share = year.share() == 0 ? day.share() : year.share();
    Answers newest = day.samples() > 0 ? day : year;
    return String.format(
        Locale.ROOT,
        "|%d,%d,%.2f,%s,%s,%s,%d",
        (long) day.max(),
        (long) day.mean(),
        share,
        lastOnline(day, year),
        time(DATE, day.last()),
        clock(day.last()),
        (long) newest.lastShare());
  }

  private String lastOnline(Answers day, Answers year) {
    OptionalLong on = LongStream.concat(day.lastOn().stream(), year.lastOn().stream()).max();
    if (on.isPresent()) {
      return time(MINUTE, on);
    }
    return day.samples() + year.samples() > 0 ? "n/a" : "0";
  }

  private String traffic(FileName name, long from, long to) throws IOException {
    Optional<Series> series = from < to ? store.averages(name, from, to, 1) : Optional.empty();
    double in = series.map(s -> sum(s, 0)).orElse(0.0);
    double out = series.map(s -> sum(s, 1)).orElse(0.0);
    return String.format(
        Locale.ROOT, "|%d,%d,%d", name.port(), (long) (in / MILLION), (long) (out / MILLION));
  }

  private static double sum(Series series, int source) {
    double[] values = series.values(source);
    for (int i = 0; i < values.length; i++) {
      values[i] = series.time(i) < series.updated() ? values[i] : 0;
    }
    return series.step() * Arrays.stream(values).filter(Double::isFinite).sum();
  }
}
