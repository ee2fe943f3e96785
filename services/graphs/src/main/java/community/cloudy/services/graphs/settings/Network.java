package community.cloudy.services.graphs.settings;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses.
 *
 * @param text such as {@code 10.0.0.0/8}; an address alone is a range of one
 */
public record Network(String text) {
  /** Checks that it is an address and a length that fits it. */
  public Network {
    Optional<InetAddress> base = Address.parsed(text.replaceFirst("/[0-9]{1,3}$", ""));
    if (base.isEmpty() || length(text, base.get()) > 8 * base.get().getAddress().length) {
      throw new IllegalArgumentException("must be like 10.0.0.0/8, 10.1.2.3 or fd00::/8");
    }
  }

  private static int length(String text, InetAddress base) {
    int slash = text.indexOf('/');
    return slash < 0 ? 8 * base.getAddress().length : Integer.parseInt(text.substring(slash + 1));
  }

  /** Tells whether an address is in it. */
  public boolean holds(InetAddress address) {
    InetAddress first = Address.parsed(text.replaceFirst("/[0-9]{1,3}$", "")).orElseThrow();
    byte[] base = first.getAddress();
    byte[] bytes = address.getAddress();
    int left = length(text, first);
    for (int i = 0; i < base.length && bytes.length == base.length && left > 0; i++, left -= 8) {
      int mask = left >= 8 ? 0xff : 0xff << (8 - left) & 0xff;
      if (((base[i] ^ bytes[i]) & mask) != 0) {
        return false;
      }
    }
    return bytes.length == base.length;
  }
}
