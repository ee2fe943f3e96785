package community.cloudy.services.graphs.view;

/**
 * A time, and how finely it is looked at.
 *
 * @param from seconds since 1970
 * @param to the same, at most ten years later
 * @param points about how many values are wanted, 1 to 4,000
 */
public record Range(long from, long to, int points) {
  static final int MAX_POINTS = 4000;
  private static final long MAX_SPAN = 10L * 366 * 86_400;
  private static final long MAX_TIME = 100_000_000_000L;

  /** Checks the limits. */
  public Range {
    if (to <= from || to - from > MAX_SPAN || from < 0 || to > MAX_TIME) {
      throw new IllegalArgumentException("from and to must be over 0 s to ten years apart");
    }
    if (points < 1 || points > MAX_POINTS) {
      throw new IllegalArgumentException("points must be 1 to 4,000");
    }
  }

  long resolution() {
    return Math.max(1, (to - from) / points);
  }
}
