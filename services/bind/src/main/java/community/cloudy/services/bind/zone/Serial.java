package community.cloudy.services.bind.zone;

import java.time.Instant;

/**
 * The number of a zone's version, which counts round (RFC 1982).
 *
 * @param number 0 to 2^32 - 1
 */
public record Serial(long number) {
  private static final long MODULUS = 1L << 32;
  private static final long HALF = 1L << 31;

  /** Checks the range. */
  public Serial {
    if (number < 0 || number >= MODULUS) {
      throw new IllegalArgumentException("a serial must be from 0 to 4294967295");
    }
  }

  /** Returns the seconds of {@code time}: what a zone that has none yet begins at. */
  public static Serial at(Instant time) {
    return new Serial(Math.floorMod(time.getEpochSecond(), MODULUS));
  }

  /** Tells whether others take this for newer than {@code other}. */
  public boolean isAfter(Serial other) {
    long ahead = Math.floorMod(number - other.number, MODULUS);
    return ahead > 0 && ahead < HALF;
  }

  /** Returns the one after, at least {@code time}'s: any number of changes a second. */
  public Serial next(Instant time) {
    Serial one = new Serial((number + 1) % MODULUS);
    Serial now = at(time);
    return now.isAfter(one) ? now : one;
  }
}
