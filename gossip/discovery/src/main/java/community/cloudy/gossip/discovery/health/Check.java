package community.cloudy.gossip.discovery.health;

import java.util.regex.Pattern;

/** How to find out whether a service works. */
public sealed interface Check {

  /**
   * Gets a page; any answer from 200 to 399 is good, and a redirect is not followed.
   *
   * @param tls whether to speak TLS; nobody's certificate is verified
   * @param path the page, from {@code /}: at most 256 visible ASCII characters
   */
  record Http(boolean tls, String path) implements Check {
    private static final Pattern PATH = Pattern.compile("/[!-~]{0,255}");

    /** Checks the path, which goes into a request line as it is. */
    public Http {
      if (!PATH.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "path must begin with / and have at most 256 visible ASCII characters");
      }
    }
  }

  /** Opens a connection. */
  record Tcp() implements Check {}

  /** Sends a datagram of one zero byte; silence proves nothing. */
  record Udp() implements Check {}

  /**
   * Asks a DNS server for the address of a name it must know.
   *
   * @param name a domain name in ASCII, without a dot at its end
   */
  record Dns(String name) implements Check {
    private static final Pattern NAME =
        Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    /** Checks the name. */
    public Dns {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("name is not a domain name");
      }
    }
  }

  /** Nothing: whoever runs the service checks it and pushes the results, one every interval. */
  record Pushed() implements Check {}
}
