package community.cloudy.auth;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The name somebody types to log in, in one spelling: directories compare names without case and
 * fold compatible characters (RFC 4518), so every other spelling would be a way around the throttle
 * and the local users.
 *
 * @param text 1 to 128 printable characters, NFKC, lower case, no blanks around
 */
record LoginName(String text) {
  /** Folds {@code typed}; empty if it cannot be anybody's name. */
  static Optional<LoginName> parse(String typed) {
    if (typed.length() > Person.MAX_LOGIN) {
      return Optional.empty();
    }
    String folded =
        Normalizer.normalize(
            Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip(),
            Normalizer.Form.NFKC);
    boolean good =
        !folded.isEmpty() && folded.length() <= Person.MAX_LOGIN && Text.printable(folded);
    return good ? Optional.of(new LoginName(folded)) : Optional.empty();
  }
}
