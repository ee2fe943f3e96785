package community.cloudy.services.squid.settings;

import java.util.regex.Pattern;

/**
 * Where somebody wants to go.
 *
 * @param text addresses such as {@code 10.0.0.0/8}, a host such as {@code www.example.org}, or all
 *     of a domain, such as {@code .example.org}
 */
public record Place(String text) {
  private static final Pattern DOMAIN =
      Pattern.compile(
          "\\.?[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})){0,20}");
  private static final int MAX = 253;

  /** Checks the form. */
  public Place {
    if (text.length() > MAX || !(Network.isOne(text) || isDomain(text))) {
      throw new IllegalArgumentException(
          "must be like 10.0.0.0/8, www.example.org or .example.org for a whole domain");
    }
  }

  /** The last label of a domain is no number: that would be a broken address. */
  private static boolean isDomain(String text) {
    return DOMAIN.matcher(text).matches() && !text.matches(".*(^|\\.)[0-9]+");
  }

  /** Tells whether it is told by addresses, not by name. */
  public boolean isNetwork() {
    return Network.isOne(text);
  }
}
