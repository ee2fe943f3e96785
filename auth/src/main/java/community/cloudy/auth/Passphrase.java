package community.cloudy.auth;

import java.security.SecureRandom;

/** Passwords that a person can read from a screen and type. */
final class Passphrase {
  // Without the letters and digits that look alike.
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 5;
  private static final int GROUP = 5;

  private Passphrase() {}

  /** Returns five groups of five letters and digits: 123 random bits. */
  static String next(SecureRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      if (i > 0 && i % GROUP == 0) {
        text.append('-');
      }
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
