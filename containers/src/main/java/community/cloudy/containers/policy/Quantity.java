package community.cloudy.containers.policy;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as Compose writes them. */
final class Quantity {
  private static final Pattern BYTES =
      Pattern.compile(
          "([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([bkmgt]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);

  private Quantity() {}

  /** Reads {@code 512m}, {@code 1.5G}, {@code 1024}; empty if it is no amount. */
  static OptionalLong bytes(String text) {
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int shift =
        switch (matcher.group(2).toLowerCase(java.util.Locale.ROOT)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          case "t" -> 40;
          default -> 0;
        };
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << shift));
    return bytes.compareTo(BigDecimal.valueOf(1L << 60)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(bytes.longValue());
  }

  /** Reads a number of processors; 0 if it is none. */
  static double cpus(String text) {
    return text.matches("[0-9]{0,5}(\\.[0-9]{1,9})?") && !text.isEmpty() && !text.equals(".")
        ? Double.parseDouble(text)
        : 0;
  }

  /** Reads a whole number; -1 if it is none or negative. */
  static long count(String text) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
  }
}
