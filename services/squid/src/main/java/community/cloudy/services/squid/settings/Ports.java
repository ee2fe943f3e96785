package community.cloudy.services.squid.settings;

import java.util.regex.Pattern;

/**
 * A port or some in a row.
 *
 * @param text such as {@code 443} or {@code 1025-65535}
 */
public record Ports(String text) {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?");
  private static final int LAST = 65535;

  /** Checks that they are ports, the lower one first. */
  public Ports {
    if (!FORM.matcher(text).matches() || !inOrder(text.split("-", -1))) {
      throw new IllegalArgumentException("must be a port such as 443 or ports such as 1025-65535");
    }
  }

  private static boolean inOrder(String[] ends) {
    int last = Integer.parseInt(ends[ends.length - 1]);
    return Integer.parseInt(ends[0]) <= last && last <= LAST;
  }
}
