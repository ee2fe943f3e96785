package community.cloudy.gossip.serf.swim;

/**
 * How much this node doubts its own health (Lifeguard, section "local health aware probe"): 0 is
 * healthy; each point makes it wait one probe interval longer before it accuses another.
 */
final class Awareness {
  private final int max;
  private int score;

  /** Creates a healthy node's score, kept below {@code max}. */
  Awareness(int max) {
    this.max = max;
  }

  void add(int delta) {
    score = Math.max(0, Math.min(max - 1, score + delta));
  }

  int score() {
    return score;
  }

  /** Returns {@code nanos} stretched by the score. */
  long scale(long nanos) {
    return nanos * (score + 1);
  }
}
