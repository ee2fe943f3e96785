package community.cloudy.services.graphs.picture;

import java.util.Locale;

/** Numbers as snpservices and rrdtool write them. */
final class Legacy {
  private static final String PREFIXES = "yzafpnum kMGTPEZY";
  private static final int UNITY = PREFIXES.indexOf(' ');
  private static final String[] VOLUMES = {"B ", "kB", "MB", "GB", "TB", "PB"};

  private Legacy() {}

  /** As {@code %8.2lf}. */
  static String fixed(double value) {
    return Double.isNaN(value) ? "    -nan" : String.format(Locale.ROOT, "%8.2f", value);
  }

  /** As {@code %8.2lf %s} of rrdtool, with a base of 1000. */
  static String prefixed(double value) {
    if (Double.isNaN(value)) {
      return "    -nan  ";
    }
    int power = value == 0 ? 0 : (int) Math.floor(Math.log10(Math.abs(value)) / 3);
    power = Math.max(-UNITY, Math.min(PREFIXES.length() - 1 - UNITY, power));
    return fixed(value / Math.pow(1000, power)) + " " + PREFIXES.charAt(UNITY + power);
  }

  /** As snpservices writes sums of bytes. */
  static String volume(double bytes) {
    int power = 0;
    double left = bytes;
    while (left / 1000 > 1 && power < VOLUMES.length - 1) {
      left /= 1000;
      power++;
    }
    return String.format(Locale.ROOT, "%,.2f %s", left, VOLUMES[power]);
  }
}
