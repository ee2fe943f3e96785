package community.cloudy.services.graphs.picture;

import java.util.Locale;

/** What values are of, and how they are written. */
enum Unit {
  BITS("b/s", true),
  BYTES("B/s", true),
  VOLUME("B", true),
  MILLIS("ms", false),
  PERCENT("%", false),
  DBM("dBm", false),
  COUNT("", false);

  private static final String PREFIXES = " kMGTPE";

  private final String symbol;
  private final boolean prefixed;

  Unit(String symbol, boolean prefixed) {
    this.symbol = symbol;
    this.prefixed = prefixed;
  }

  String symbol() {
    return symbol;
  }

  /** Writes a value, such as {@code 12.4 Mb/s}; a dash if it is unknown. */
  String write(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    int power = prefixed ? power(value) : 0;
    double scaled = value / Math.pow(1000, power);
    String digits = String.format(Locale.ROOT, Math.abs(scaled) < 99.95 ? "%.1f" : "%.0f", scaled);
    String prefix = power == 0 ? "" : PREFIXES.substring(power, power + 1);
    return (digits + " " + prefix + symbol).strip();
  }

  /** Writes a value of an axis on which the largest is another: all with the same prefix. */
  String label(double value, double largest) {
    int power = prefixed ? power(largest) : 0;
    double scaled = value / Math.pow(1000, power);
    String digits =
        String.format(
            Locale.ROOT, Math.abs(scaled - Math.rint(scaled)) < 1e-9 ? "%.0f" : "%.3f", scaled);
    digits = digits.contains(".") ? digits.replaceAll("0+$", "") : digits;
    return value == 0 || power == 0 ? digits : digits + " " + PREFIXES.charAt(power);
  }

  private static int power(double value) {
    int power = 0;
    for (double left = Math.abs(value); left >= 1000 && power < PREFIXES.length() - 1; power++) {
      left /= 1000;
    }
    return power;
  }
}
