package community.cloudy.gossip.serf.coordinate;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Keeps this node's own coordinate, moving it a little with every round trip measured
 * (specification B11; Dabek et al., "Vivaldi", SIGCOMM 2004; adjustment and gravity from Ledlie's
 * later papers).
 *
 * <p>Owned by one thread.
 */
public final class CoordinateClient {
  /** The longest round trip believed, in nanoseconds. */
  public static final long MAX_RTT_NANOS = 10_000_000_000L;

  private static final double ZERO = 1e-6;
  private static final double ERROR_GAIN = 0.25;
  private static final double FORCE_GAIN = 0.25;
  private static final double GRAVITY_RHO = 150;

  private final RandomGenerator random;
  private final Coordinate origin;
  private final Map<Bytes, LatencyFilter> filters = new HashMap<>();
  private final double[] samples = new double[20];
  private Coordinate own;
  private int nextSample;
  private long resets;
  private long refused;

  /** Starts at the origin; {@code random} chooses the direction in which equal positions part. */
  public CoordinateClient(RandomGenerator random) {
    this(random, Coordinate.origin());
  }

  CoordinateClient(RandomGenerator random, Coordinate start) {
    this.random = random;
    this.origin = Coordinate.origin(start.vector().length);
    this.own = start;
  }

  /** Returns this node's coordinate. */
  public Coordinate coordinate() {
    return own;
  }

  /** Estimates the round trip to {@code other} in nanoseconds; it must be compatible. */
  public long distanceTo(Coordinate other) {
    return own.distanceNanos(other);
  }

  /** Returns how often the own coordinate became insane and started again from the origin. */
  public long resets() {
    return resets;
  }

  /** Returns how many measurements were refused because of what the peer claimed or the time. */
  public long refused() {
    return refused;
  }

  /** Drops what is remembered of {@code node}, when it is reaped. */
  public void forget(Bytes node) {
    filters.remove(node);
  }

  /**
   * Takes in one measured round trip. The caller passes current members only, and {@link #forget}s
   * them: a small filter is kept for each.
   *
   * @param other where the peer says it is
   * @param rttNanos 0 to {@link #MAX_RTT_NANOS}
   * @return false, changing nothing, if the coordinate is insane or of another dimension or the
   *     round trip out of range
   */
  public boolean update(Bytes node, Coordinate other, long rttNanos) {
    if (!own.isCompatible(other) || !other.isSane() || rttNanos < 0 || rttNanos > MAX_RTT_NANOS) {
      refused++;
      return false;
    }
    double rtt = filters.computeIfAbsent(node, n -> new LatencyFilter()).median(seconds(rttNanos));
    attract(other, rtt);
    adjust(other, rtt);
    pullToOrigin();
    if (!own.isSane()) {
      resets++;
      own = origin;
    }
    return true;
  }

  private void attract(Coordinate other, double rtt) {
    double distance = seconds(own.distanceNanos(other));
    double bounded = Math.max(rtt, ZERO);
    double wrong = Math.abs(distance - bounded) / bounded;
    double weight = own.error() / Math.max(own.error() + other.error(), ZERO);
    double gain = ERROR_GAIN * weight;
    double error = gain * wrong + own.error() * (1 - gain);
    double force = FORCE_GAIN * weight * (bounded - distance);
    own = own.withError(Math.min(error, Coordinate.ERROR_MAX)).push(force, other, random);
  }

  private void adjust(Coordinate other, double rtt) {
    samples[nextSample] = rtt - own.rawDistance(other);
    nextSample = (nextSample + 1) % samples.length;
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    own = own.withAdjustment(sum / (2 * samples.length));
  }

  /** Keeps the whole community from drifting away together. */
  private void pullToOrigin() {
    double pull = seconds(origin.distanceNanos(own)) / GRAVITY_RHO;
    own = own.push(-(pull * pull), origin, random);
  }

  /** Splits as Go's Duration.Seconds does, so that the last bit agrees with Serf. */
  private static double seconds(long nanos) {
    long whole = nanos / 1_000_000_000;
    return whole + (nanos - whole * 1_000_000_000) / 1e9;
  }
}
