package community.cloudy.containers.apps;

import com.google.re2j.Pattern;

/** How apps write numbers and sizes. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,15}");
  private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,5}[kmg]");
  private static final String UNITS = "kmg";

  private Numbers() {}

  /** Reads a whole number of at most 16 digits. */
  static long whole(String text) {
    if (!WHOLE.matches(text)) {
      throw new IllegalArgumentException("must be a whole number");
    }
    return Long.parseLong(text);
  }

  /** Reads a size such as {@code 512m}, in bytes. */
  static long bytes(String text) {
    if (!SIZE.matches(text)) {
      throw new IllegalArgumentException("must be a size such as 512m or 2g");
    }
    int last = text.length() - 1;
    int shift = 10 * (UNITS.indexOf(text.charAt(last)) + 1);
    return Long.parseLong(text.substring(0, last)) << shift;
  }

  /** Writes a size as {@link #bytes} reads it, in the largest unit that divides it. */
  static String size(long bytes) {
    int unit = 2;
    while (unit > 0 && bytes % (1L << (10 * (unit + 1))) != 0) {
      unit--;
    }
    return (bytes >> (10 * (unit + 1))) + UNITS.substring(unit, unit + 1);
  }
}
