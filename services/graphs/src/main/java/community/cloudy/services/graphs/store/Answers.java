package community.cloudy.services.graphs.store;

import java.util.OptionalLong;

/**
 * What a series of pings says of how a device answered. Values that are unknown do not count, and
 * neither does what is no share of a hundred.
 *
 * @param samples how many values count
 * @param share for how much of the time it answered, in percent; 0 if nothing is known
 * @param mean mean time of the answers in ms, of the values with answers; 0 if there are none
 * @param max the largest, likewise
 * @param last when the last value was, in seconds since 1970
 * @param lastShare how many requests were answered then, in percent; 0 if nothing is known
 * @param lastOn when it last answered any
 * @param lastOff when it last answered none
 */
public record Answers(
    int samples,
    double share,
    double mean,
    double max,
    OptionalLong last,
    double lastShare,
    OptionalLong lastOn,
    OptionalLong lastOff) {
  /** Nothing is known. */
  public static final Answers NONE =
      new Answers(0, 0, 0, 0, OptionalLong.empty(), 0, OptionalLong.empty(), OptionalLong.empty());

  /**
   * Counts.
   *
   * @param series loss in percent, and mean time of answers in ms
   */
  public static Answers of(Series series) {
    return before(series, Long.MAX_VALUE);
  }

  /** Counts as {@link #of}, without the values from some seconds since 1970 on. */
  public static Answers before(Series series, long end) {
    int samples = 0;
    int answered = 0;
    double loss = 0;
    double sum = 0;
    double max = 0;
    long last = 0;
    long on = -1;
    long off = -1;
    double lastLoss = 100;
    for (int i = 0; i < series.size() && series.time(i) < end; i++) {
      double lost = series.value(0, i);
      double latency = series.value(1, i);
      if (lost >= 0 && lost <= 100) {
        samples++;
        loss += lost;
        last = series.time(i);
        lastLoss = lost;
        if (lost < 100) {
          on = last;
        } else {
          off = last;
        }
        if (lost < 100 && Double.isFinite(latency)) {
          answered++;
          sum += latency;
          max = Math.max(max, latency);
        }
      }
    }
    return samples == 0
        ? NONE
        : new Answers(
            samples,
            100 - loss / samples,
            answered == 0 ? 0 : sum / answered,
            max,
            OptionalLong.of(last),
            100 - lastLoss,
            on < 0 ? OptionalLong.empty() : OptionalLong.of(on),
            off < 0 ? OptionalLong.empty() : OptionalLong.of(off));
  }
}
