package community.cloudy.services.bind.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.xbill.DNS.Address;

/**
 * Where another DNS server answers.
 *
 * @param text an address, or an address and a port such as {@code 10.1.2.3@5353}
 */
public record Server(String text) {
  private static final int DNS = 53;

  /** Checks the address and the port. */
  public Server {
    parsed(text);
    port(text);
  }

  private static InetAddress parsed(String text) {
    try {
      int at = text.indexOf('@');
      return Address.getByAddress(at < 0 ? text : text.substring(0, at));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "must be an address such as 10.1.2.3, or with a port such as 10.1.2.3@5353", e);
    }
  }

  private static int port(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return DNS;
    }
    String port = text.substring(at + 1);
    int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("must have a port from 1 to 65535 after the @");
    }
    return number;
  }

  /** Returns the address. */
  public InetAddress address() {
    return parsed(text);
  }

  /** Returns the port, 53 if none was written. */
  public int port() {
    return port(text);
  }
}
