package community.cloudy.auth;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory server, as {@code ldap://host:port} or {@code ldaps://host:port}. Nothing is
 * resolved.
 *
 * @param tls whether the connection begins with TLS
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record LdapUrl(boolean tls, String host, int port) {
  private static final Pattern URL =
      Pattern.compile(
          "(ldaps?)://(?:([A-Za-z0-9._-]{1,255})|\\[([0-9A-Fa-f:.]{2,45})])(?::([0-9]{1,5}))?/?");

  /** Checks the port's range. */
  public LdapUrl {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("has port " + port + ", which is not in 1 to 65535");
    }
  }

  /**
   * Reads a URL; the port is 389 or 636 unless written.
   *
   * @throws IllegalArgumentException if {@code text} is something else
   */
  public static LdapUrl parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException(
          "must be ldap://host or ldaps://host, with or without a port, not " + text);
    }
    boolean tls = url.group(1).equals("ldaps");
    String host = url.group(2) == null ? url.group(3) : url.group(2);
    int fallback = tls ? 636 : 389;
    return new LdapUrl(tls, host, url.group(4) == null ? fallback : Integer.parseInt(url.group(4)));
  }

  @Override
  public String toString() {
    String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (tls ? "ldaps://" : "ldap://") + bracketed + ":" + port;
  }
}
