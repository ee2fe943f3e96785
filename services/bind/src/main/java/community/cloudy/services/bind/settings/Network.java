package community.cloudy.services.bind.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;

/**
 * A range of addresses.
 *
 * @param text such as {@code 10.0.0.0/8}; an address alone is a range of one
 */
public record Network(String text) {
  /** Checks that it is an address and a length, and that the rest is zero. */
  public Network {
    byte[] bytes = base(text).getAddress();
    int length = length(text);
    if (!Arrays.equals(bytes, masked(bytes, length))) {
      throw new IllegalArgumentException(
          "must have only zeros behind the first " + length + " bits");
    }
  }

  private static InetAddress base(String text) {
    try {
      int slash = text.indexOf('/');
      return Address.getByAddress(slash < 0 ? text : text.substring(0, slash));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("must be a network such as 10.0.0.0/8", e);
    }
  }

  private static int length(String text) {
    int most = 8 * base(text).getAddress().length;
    int slash = text.indexOf('/');
    if (slash < 0) {
      return most;
    }
    String written = text.substring(slash + 1);
    int length = written.matches("[0-9]{1,3}") ? Integer.parseInt(written) : -1;
    if (length < 0 || length > most) {
      throw new IllegalArgumentException("must have a length from 0 to " + most + " after the /");
    }
    return length;
  }

  private static byte[] masked(byte[] bytes, int length) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.max(0, Math.min(8, length - 8 * i));
      masked[i] &= (byte) (0xff << (8 - kept));
    }
    return masked;
  }

  /** Returns the first address. */
  public InetAddress base() {
    return base(text);
  }

  /** Returns how many bits all its addresses share. */
  public int length() {
    return length(text);
  }

  /** Tells whether an address is in it. */
  public boolean holds(InetAddress address) {
    byte[] base = base().getAddress();
    byte[] bytes = address.getAddress();
    return bytes.length == base.length && Arrays.equals(masked(bytes, length()), base);
  }

  /**
   * Returns the zone of its reverse names (RFC 1035, 3.5; RFC 3596, 2.5); empty if none has just
   * its addresses, as there is only one for each 8 bits of IPv4 and each 4 of IPv6.
   */
  public Optional<Name> reverseZone() {
    byte[] bytes = base().getAddress();
    int step = bytes.length == 4 ? 8 : 4;
    if (length() == 0 || length() % step != 0 || length() == 8 * bytes.length) {
      return Optional.empty();
    }
    Name whole = ReverseMap.fromAddress(base());
    return Optional.of(new Name(whole, (8 * bytes.length - length()) / step));
  }
}
