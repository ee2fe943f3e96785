package community.cloudy.gossip.discovery;

import java.util.regex.Pattern;

/**
 * Where a service answers.
 *
 * @param scheme what it speaks: {@code http}, {@code https}, {@code tcp}, {@code udp}, {@code dns},
 *     or another URI scheme; at most 16 characters
 * @param host a name or an address, without brackets; empty for the node's own address
 * @param port 1 to 65535
 * @param path what follows in a URL; empty or from {@code /} on, at most 120 printable ASCII
 *     characters
 */
public record ServiceEndpoint(String scheme, String host, int port, String path) {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,15}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:._-]{0,100}");
  private static final Pattern PATH = Pattern.compile("(/[!-;=?-~]{0,119})?");

  /** Checks each part. */
  public ServiceEndpoint {
    check("scheme", scheme, SCHEME, "1 to 16 characters of a-z, 0-9, +, . and -");
    check("host", host, HOST, "a host name or an address, at most 100 characters");
    check("path", path, PATH, "empty, or / and at most 119 printable ASCII characters but < and >");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
    }
    if (scheme.equals("javascript") || scheme.equals("data") || scheme.equals("vbscript")) {
      throw new IllegalArgumentException("scheme " + scheme + " names no place");
    }
  }

  private static void check(String what, String value, Pattern pattern, String wanted) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " must be " + wanted);
    }
  }

  /** Returns a copy with another host. */
  public ServiceEndpoint at(String otherHost) {
    return new ServiceEndpoint(scheme, otherHost, port, path);
  }

  /** Returns the URL, as it is written for people and browsers. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return scheme + "://" + shown + ":" + port + path;
  }
}
