package community.cloudy.services.bind.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address of this node.
 *
 * @param text such as {@code 10.1.2.3}
 */
public record Address(String text) {
  /** Checks that it is one. */
  public Address {
    parsed(text);
  }

  private static InetAddress parsed(String text) {
    try {
      return org.xbill.DNS.Address.getByAddress(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("must be an address such as 10.1.2.3", e);
    }
  }

  /** Returns the address. */
  public InetAddress address() {
    return parsed(text);
  }
}
