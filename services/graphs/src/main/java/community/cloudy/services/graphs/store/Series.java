package community.cloudy.services.graphs.store;

import java.util.Arrays;
import java.util.List;

/** Values over time, of several names, at the same even distance. What is unknown is NaN. */
public final class Series {
  private final long from;
  private final long step;
  private final long updated;
  private final List<String> names;
  private final double[][] values;

  /**
   * Makes one.
   *
   * @param from seconds since 1970; where the first value begins to hold
   * @param step seconds that a value holds for
   * @param updated when the file it comes from was last updated, in seconds since 1970
   * @param names of what
   * @param values by name and time; not copied
   */
  public Series(long from, long step, long updated, List<String> names, double[][] values) {
    this.from = from;
    this.step = step;
    this.updated = updated;
    this.names = List.copyOf(names);
    this.values = values;
    if (step < 1 || values.length != names.size() || uneven(values)) {
      throw new IllegalArgumentException("the values of a series do not go with its names");
    }
  }

  private static boolean uneven(double[][] values) {
    return Arrays.stream(values).mapToInt(v -> v.length).distinct().count() > 1;
  }

  /** Returns where the first value begins to hold, in seconds since 1970. */
  public long from() {
    return from;
  }

  /** Returns where the last value ends to hold, in seconds since 1970. */
  public long to() {
    return from + step * size();
  }

  /** Returns how many seconds a value holds for. */
  public long step() {
    return step;
  }

  /** Returns when the file it comes from was last updated, in seconds since 1970. */
  public long updated() {
    return updated;
  }

  /** Returns what the values are of. */
  public List<String> names() {
    return names;
  }

  /** Returns how many values each name has. */
  public int size() {
    return values.length == 0 ? 0 : values[0].length;
  }

  /** Returns where a value ends to hold, in seconds since 1970: what rrdtool calls its time. */
  public long time(int index) {
    return from + step * (index + 1);
  }

  /** Returns a value; NaN if unknown. */
  public double value(int name, int index) {
    return values[name][index];
  }

  /**
   * Returns the value that a part of the known values does not exceed (nearest rank); NaN if none
   * is known.
   *
   * @param part over 0, up to 1
   */
  public double percentile(int name, double part) {
    double[] known = Arrays.stream(values[name]).filter(Double::isFinite).sorted().toArray();
    return known.length == 0
        ? Double.NaN
        : known[Math.max(0, (int) Math.ceil(part * known.length) - 1)];
  }

  /** Returns the sum over time of a name, such as bytes of bytes a second; unknown times are 0. */
  public double total(int name) {
    return step * Arrays.stream(values[name]).filter(Double::isFinite).sum();
  }

  /** Returns all values of a name, a copy. */
  public double[] values(int name) {
    return values[name].clone();
  }
}
