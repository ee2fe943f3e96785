package community.cloudy.services.squid.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address or a range of addresses.
 *
 * @param text such as {@code 10.0.0.0/8}, {@code 10.1.2.3} or {@code fd00::/8}
 */
public record Network(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "(OCTET(\\.OCTET){3}|[0-9A-Fa-f:.]{0,39}:[0-9A-Fa-f:.]{0,39})(/[0-9]{1,3})?"
              .replace("OCTET", "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));

  /** Checks that the address is one and the prefix fits it; asks no name server. */
  public Network {
    if (!isOne(text)) {
      throw new IllegalArgumentException("must be like 10.0.0.0/8, 10.1.2.3 or fd00::/8");
    }
  }

  static boolean isOne(String text) {
    if (!FORM.matcher(text).matches()) {
      return false;
    }
    int slash = text.indexOf('/');
    try {
      byte[] address =
          InetAddress.getByName(slash < 0 ? text : text.substring(0, slash)).getAddress();
      return slash < 0 || Integer.parseInt(text.substring(slash + 1)) <= 8 * address.length;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
