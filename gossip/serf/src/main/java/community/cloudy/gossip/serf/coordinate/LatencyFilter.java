package community.cloudy.gossip.serf.coordinate;

/** The median of a node's last three round trips: one straggler does not move anything. */
final class LatencyFilter {
  private final double[] window = new double[3];
  private int filled;
  private int next;

  /** Takes in {@code sample} and returns the median so far; of two, the larger. */
  double median(double sample) {
    window[next] = sample;
    next = (next + 1) % window.length;
    filled = Math.min(filled + 1, window.length);
    double a = window[0];
    double b = window[1];
    return switch (filled) {
      case 1 -> a;
      case 2 -> Math.max(a, b);
      default -> Math.max(Math.min(a, b), Math.min(Math.max(a, b), window[2]));
    };
  }
}
