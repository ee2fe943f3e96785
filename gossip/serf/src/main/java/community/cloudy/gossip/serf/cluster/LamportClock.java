package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.wire.Limits;

/**
 * A logical clock (Lamport 1978; specification B3). Starts at 1 and stops at the last time that can
 * be said.
 */
final class LamportClock {
  /**
   * How far a time from the network may run ahead. A community that makes a thousand events a
   * second needs 34 years for it; a forged time near the end of the range would stop the clock for
   * ever.
   */
  private static final long MAX_JUMP = 1L << 40;

  private long time = 1;

  long time() {
    return time;
  }

  /** Returns the current time and moves on. */
  long tick() {
    long now = time;
    witness(now);
    return now;
  }

  /** Tells whether {@code seen} is too far ahead to be true. */
  boolean isAbsurd(long seen) {
    return seen < 0 || seen >= Limits.LAMPORT || seen - time > MAX_JUMP;
  }

  /** Moves past {@code seen}, a time that is not absurd. */
  void witness(long seen) {
    time = Math.min(Math.max(time, seen + 1), Limits.LAMPORT);
  }
}
