package community.cloudy.services.graphs.store;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a round-robin file holds.
 *
 * @param step seconds between two primary values, 1 to 86,400
 * @param sources what is measured, 1 to 32
 * @param archives how it is kept, 1 to 32
 */
record Layout(int step, List<Source> sources, List<Archive> archives) {
  private static final int DAY = 86_400;
  private static final int MAX_PARTS = 32;
  private static final int MAX_ROWS = 1_000_000;
  private static final int MAX_VALUES = 1_000_000;

  /** How readings are taken; the names are rrdtool's. */
  enum Type {
    GAUGE,
    COUNTER,
    DERIVE,
    ABSOLUTE
  }

  /** How primary values become one; the names are rrdtool's. */
  enum Function {
    AVERAGE,
    MIN,
    MAX,
    LAST
  }

  /**
   * A value that is measured.
   *
   * @param name 1 to 19 of {@code A-Z a-z 0-9 _ -}
   * @param heartbeat for how many seconds a reading may hold
   * @param min a rate below is unknown; NaN for no limit
   * @param max a rate above is unknown; NaN for no limit
   */
  record Source(String name, Type type, long heartbeat, double min, double max) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,19}");

    Source {
      if (!NAME.matcher(name).matches() || heartbeat < 1) {
        throw new IllegalArgumentException("a data source of it makes no sense");
      }
    }
  }

  /**
   * Rows of consolidated values.
   *
   * @param steps how many primary values make one
   * @param rows how many are kept
   * @param unknown which part of the primary values may be unknown, 0 to below 1
   */
  record Archive(Function function, int steps, int rows, double unknown) {
    Archive {
      boolean sane = steps >= 1 && steps <= MAX_ROWS && rows >= 1 && rows <= MAX_ROWS;
      if (!sane || !(unknown >= 0 && unknown < 1)) {
        throw new IllegalArgumentException("an archive of it makes no sense");
      }
    }
  }

  Layout {
    sources = List.copyOf(sources);
    archives = List.copyOf(archives);
    if (step < 1 || step > DAY || outside(sources.size()) || outside(archives.size())) {
      throw new IllegalArgumentException("its step or the number of its parts makes no sense");
    }
    if (archives.stream().mapToLong(Archive::rows).sum() * sources.size() > MAX_VALUES) {
      throw new IllegalArgumentException("it holds more than 1,000,000 values");
    }
  }

  private static boolean outside(int count) {
    return count < 1 || count > MAX_PARTS;
  }

  /** Returns the seconds that a row of an archive stands for. */
  long seconds(Archive archive) {
    return (long) step * archive.steps();
  }
}
