package community.cloudy.services.graphs.picture;

import community.cloudy.services.graphs.store.Series;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Something drawn over time.
 *
 * @param name for the legend
 * @param look how
 * @param color 0xAARRGGBB
 * @param unit of what it shows
 * @param series where its values are
 * @param source which of them
 * @param factor by which they are multiplied
 */
record Trace(
    String name, Look look, int color, Unit unit, Series series, int source, double factor) {
  /** How something is drawn. */
  enum Look {
    /** A filled area. */
    AREA,
    /** A line one pixel wide. */
    THIN,
    /** A line two pixels wide. */
    LINE,
    /** A band from the values of the first source to those of the second. */
    BAND,
    /** A filled area, of percents on an axis of its own. */
    SHARE
  }

  /** Returns the same in another colour. */
  Trace colored(int another) {
    return new Trace(name, look, another, unit, series, source, factor);
  }

  double value(int index) {
    return series.value(source, index) * factor;
  }

  /** Returns the values that are known. */
  DoubleStream known() {
    return Arrays.stream(series.values(source)).filter(Double::isFinite).map(v -> v * factor);
  }

  /** Returns the largest value of what is drawn, unknown if there is none. */
  OptionalDouble max() {
    return look == Look.BAND
        ? Arrays.stream(series.values(1)).filter(Double::isFinite).max()
        : known().max();
  }

  double mean() {
    return known().average().orElse(Double.NaN);
  }

  /** Returns the last value that is over, or unknown. */
  double now() {
    for (int i = series.size() - 1; i >= 0; i--) {
      if (Double.isFinite(series.value(source, i))) {
        return value(i);
      }
    }
    return Double.NaN;
  }

  /** Returns the bytes that went over, of a rate in bytes or bits. */
  double volume() {
    return series.total(source);
  }

  boolean isRate() {
    return unit == Unit.BITS || unit == Unit.BYTES;
  }
}
