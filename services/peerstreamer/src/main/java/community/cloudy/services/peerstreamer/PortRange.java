package community.cloudy.services.peerstreamer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of UDP ports.
 *
 * @param text such as {@code 6200-6299}; from 1024 on
 */
public record PortRange(String text) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");
  private static final int LEAST = 1024;
  private static final int MOST = 65535;

  /** Checks the range. */
  public PortRange {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(1)) < LEAST
        || Integer.parseInt(matcher.group(2)) > MOST
        || Integer.parseInt(matcher.group(1)) > Integer.parseInt(matcher.group(2))) {
      throw new IllegalArgumentException(
          "must be a range of ports from 1024 on, such as 6200-6299");
    }
  }

  int first() {
    return Integer.parseInt(text.substring(0, text.indexOf('-')));
  }

  int last() {
    return Integer.parseInt(text.substring(text.indexOf('-') + 1));
  }

  int size() {
    return last() - first() + 1;
  }

  boolean overlaps(PortRange other) {
    return first() <= other.last() && other.first() <= last();
  }
}
