package community.cloudy.gossip.serf.coordinate;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A position in Vivaldi space; all lengths are seconds (specification B11).
 *
 * <p>What a peer claims may be any number at all, so any number can be held; {@link #isSane} judges
 * it.
 *
 * @param vector the Euclidean part, 1 to 64 components, 8 in every Serf community
 * @param error how unsure the node is, 0 (sure) to 1.5
 * @param adjustment a correction, seconds, added to distances for what the space cannot express
 * @param height the time, seconds, that a packet takes to leave the node's own access link
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Coordinate(double[] vector, double error, double adjustment, double height) {
  /** The number of components that Serf uses. */
  public static final int DIMENSIONS = 8;

  /**
   * The largest sane magnitude of a component, adjustment or height, in seconds: no round trip
   * above it is ever believed, so no honest coordinate comes near, while one forged far out would
   * drag everybody who measured that peer along.
   */
  public static final double SANE_SECONDS = 10;

  static final double ERROR_MAX = 1.5;
  static final double HEIGHT_MIN = 10e-6;

  private static final double ZERO = 1e-6;

  /** Copies the vector. */
  public Coordinate {
    if (vector.length < 1 || vector.length > 64) {
      throw new IllegalArgumentException(vector.length + " dimensions are not in 1 to 64");
    }
    vector = vector.clone();
  }

  /** Returns the origin of the eight-dimensional space, where every node starts. */
  public static Coordinate origin() {
    return origin(DIMENSIONS);
  }

  static Coordinate origin(int dimensions) {
    return new Coordinate(new double[dimensions], ERROR_MAX, 0, HEIGHT_MIN);
  }

  /** Returns a copy of the vector. */
  @Override
  public double[] vector() {
    return vector.clone();
  }

  /**
   * Tells whether every number is finite and within {@link #SANE_SECONDS}, and neither error nor
   * height is negative.
   */
  public boolean isSane() {
    return DoubleStream.of(vector).allMatch(Coordinate::near)
        && near(adjustment)
        && near(height)
        && height >= 0
        && Double.isFinite(error)
        && error >= 0;
  }

  /** Tells whether distances between this and {@code other} mean anything. */
  public boolean isCompatible(Coordinate other) {
    return vector.length == other.vector.length;
  }

  /**
   * Estimates the round trip to {@code other}.
   *
   * @return nanoseconds
   * @throws IllegalArgumentException if the dimensions differ
   */
  public long distanceNanos(Coordinate other) {
    double raw = rawDistance(other);
    double adjusted = raw + adjustment + other.adjustment;
    return (long) ((adjusted > 0 ? adjusted : raw) * 1e9);
  }

  /** Returns the distance without the adjustments, in seconds. */
  double rawDistance(Coordinate other) {
    return magnitude(minus(other)) + height + other.height;
  }

  /** Returns this coordinate pushed away from {@code other} by {@code force} seconds. */
  Coordinate push(double force, Coordinate other, RandomGenerator random) {
    double[] unit = minus(other);
    double distance = magnitude(unit);
    boolean apart = distance > ZERO;
    if (apart) {
      scale(unit, 1 / distance);
    } else {
      randomUnit(unit, random);
    }
    double[] moved = vector.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += unit[i] * force;
    }
    double raised = apart ? (height + other.height) * force / distance + height : height;
    return new Coordinate(moved, error, adjustment, apart ? Math.max(raised, HEIGHT_MIN) : raised);
  }

  Coordinate withError(double value) {
    return new Coordinate(vector, value, adjustment, height);
  }

  Coordinate withAdjustment(double value) {
    return new Coordinate(vector, error, value, height);
  }

  private double[] minus(Coordinate other) {
    if (!isCompatible(other)) {
      throw new IllegalArgumentException(
          vector.length + " dimensions against " + other.vector.length);
    }
    double[] difference = vector.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= other.vector[i];
    }
    return difference;
  }

  private static void randomUnit(double[] unit, RandomGenerator random) {
    for (int i = 0; i < unit.length; i++) {
      unit[i] = random.nextDouble() - 0.5;
    }
    double length = magnitude(unit);
    if (length > ZERO) {
      scale(unit, 1 / length);
    } else {
      Arrays.fill(unit, 0);
      unit[0] = 1;
    }
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static double magnitude(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  // NaN fails the comparison, as it must.
  private static boolean near(double value) {
    return Math.abs(value) <= SANE_SECONDS;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Coordinate that
        && Arrays.equals(vector, that.vector)
        && Double.compare(error, that.error) == 0
        && Double.compare(adjustment, that.adjustment) == 0
        && Double.compare(height, that.height) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(vector);
  }

  @Override
  public String toString() {
    return "Coordinate[vector=%s, error=%s, adjustment=%s, height=%s]"
        .formatted(Arrays.toString(vector), error, adjustment, height);
  }
}
