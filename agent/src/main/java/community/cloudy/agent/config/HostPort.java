package community.cloudy.agent.config;

/**
 * A host and a port, as written: {@code 10.1.2.3:7946}, {@code localhost:7000} or {@code
 * [2001:db8::1]:7946}. Nothing is resolved.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostPort(String host, int port) {
  /** Checks the host's characters and the port's range. */
  public HostPort {
    if (host.length() > 255 || !host.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?")) {
      throw new IllegalArgumentException("has a host that is neither a name nor an address");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("has port " + port + ", which is not in 0 to 65535");
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if {@code text} is something else
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || host.indexOf(':') >= 0 != bracketed) {
      throw new IllegalArgumentException(
          "must be host:port, with brackets around an IPv6 host, not " + text);
    }
    String digits = text.substring(colon + 1);
    if (!digits.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("must end in a port number, not " + text);
    }
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(digits));
  }

  /** Tells whether only this machine can connect to it. */
  public boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.matches("(0*:)+:?0*1");
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
