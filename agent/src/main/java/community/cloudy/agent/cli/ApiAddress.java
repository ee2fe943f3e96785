package community.cloudy.agent.cli;

import community.cloudy.agent.config.HostPort;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * Where an agent's API is.
 *
 * @param socket to connect to
 * @param host as sent in the request
 * @param name that the certificate must have, under TLS
 * @param tls whether to speak TLS
 * @param text as the person wrote it
 */
record ApiAddress(SocketAddress socket, String host, String name, boolean tls, String text) {
  boolean isSocket() {
    return text.startsWith("unix:");
  }

  static ApiAddress parse(String text) {
    try {
      if (text.startsWith("unix:")) {
        return new ApiAddress(
            UnixDomainSocketAddress.of(text.substring(5)), "localhost", "", false, text);
      }
      if (text.matches("https?://.*")) {
        HostPort at = HostPort.parse(text.replaceFirst("^https?://", "").replaceFirst("/$", ""));
        return new ApiAddress(
            new InetSocketAddress(at.host(), at.port()),
            at.toString(),
            at.host(),
            text.startsWith("https:"),
            text);
      }
      throw new IllegalArgumentException(
          "must be unix:PATH, http://HOST:PORT or https://HOST:PORT");
    } catch (IllegalArgumentException e) {
      throw new CliException(
          Cloudy.WRONG_USE, "The API's address " + text + " is wrong: it " + e.getMessage() + ".");
    }
  }
}
