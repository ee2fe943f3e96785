package community.cloudy.services.graphs.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address of one machine; names are not asked for, so that nobody else says what is polled.
 *
 * @param text such as {@code 10.1.2.3} or {@code fd00::1}
 */
public record Address(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "OCTET(\\.OCTET){3}|[0-9A-Fa-f:]{0,39}:[0-9A-Fa-f:.]{0,39}"
              .replace("OCTET", "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));

  /** Checks that it is one. */
  public Address {
    if (parsed(text).isEmpty()) {
      throw new IllegalArgumentException("must be an address such as 10.1.2.3 or fd00::1");
    }
  }

  /** Returns the address that a text of others is; empty if it is none. */
  public static Optional<InetAddress> parsed(String text) {
    try {
      return FORM.matcher(text).matches()
          ? Optional.of(InetAddress.getByName(text))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Returns the address. */
  public InetAddress address() {
    return parsed(text).orElseThrow();
  }
}
