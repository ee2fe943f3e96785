package community.cloudy.agent.cli;

import java.util.Locale;

/** How many bytes, for people. */
final class Size {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Size() {}

  static String text(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }
}
