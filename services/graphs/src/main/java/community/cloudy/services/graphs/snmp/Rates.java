package community.cloudy.services.graphs.snmp;

import java.time.Duration;

/**
 * What two readings of an interface say of its traffic. Where they do not say it for sure, it is
 * NaN: nobody is shown a spike that was none.
 *
 * @param in octets received a second
 * @param out octets sent a second
 */
record Rates(double in, double out) {
  /** Nothing is known. */
  static final Rates UNKNOWN = new Rates(Double.NaN, Double.NaN);

  /** What an interface that does not tell its speed can do at most, in bits a second. */
  private static final double FASTEST = 10e9;

  /** The same for one with 32-bit counters, which devices of this speed still have. */
  private static final double FASTEST_NARROW = 100e6;

  /** Counters and clocks are not read at the very same moment. */
  private static final double MARGIN = 1.1;

  private static final double UPTIME_RANGE = 0x1p32 / 100;
  private static final double NARROW_RANGE = 0x1p32;
  private static final double CLOCKS_APART = 10;
  private static final double CLOCKS_DRIFT = 0.05;

  /**
   * Compares two readings.
   *
   * @param speed of the interface, in bits a second; 0 if it does not tell
   * @param gap the longest time that a mean may stand for
   */
  static Rates between(Reading before, Reading now, double speed, Duration gap) {
    double seconds = seconds(before, now);
    if (Double.isNaN(seconds)
        || seconds > gap.toMillis() / 1000.0
        || before.wide() != now.wide()
        || before.index() != now.index()) {
      return UNKNOWN;
    }
    double most = speed > 0 ? speed : now.wide() ? FASTEST : FASTEST_NARROW;
    double octets = most * MARGIN / 8 * seconds;
    return new Rates(
        grown(before.in(), now.in(), now.wide(), octets) / seconds,
        grown(before.out(), now.out(), now.wide(), octets) / seconds);
  }

  /**
   * The time between, by the device's own clock, which counted along with its octets and goes back
   * to 0 after 497 days. It is NaN where that clock and ours disagree: the device began anew.
   */
  private static double seconds(Reading before, Reading now) {
    double ours = Duration.between(before.at(), now.at()).toNanos() / 1e9;
    double theirs = ours;
    if (before.uptime() >= 0 && now.uptime() >= 0) {
      theirs = (now.uptime() - before.uptime()) / 100.0;
      theirs = theirs < 0 ? theirs + UPTIME_RANGE : theirs;
    }
    boolean agree = Math.abs(ours - theirs) <= Math.max(CLOCKS_APART, ours * CLOCKS_DRIFT);
    return agree && theirs > 0 ? theirs : Double.NaN;
  }

  /** A 32-bit counter that went back has wrapped once, if there was no time for a second wrap. */
  private static double grown(long before, long now, boolean wide, double most) {
    boolean wentBack = Long.compareUnsigned(now, before) < 0;
    if (wentBack && (wide || most >= NARROW_RANGE)) {
      return Double.NaN;
    }
    double grown = wentBack ? now - before + NARROW_RANGE : unsigned(now - before);
    return grown <= most ? grown : Double.NaN;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }

  /** Tells whether the device began anew between two moments, as far as its clock says. */
  static boolean isRestart(Reading before, Reading now) {
    return before.uptime() >= 0 && now.uptime() >= 0 && Double.isNaN(seconds(before, now));
  }
}
