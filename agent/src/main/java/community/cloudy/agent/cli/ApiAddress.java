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
 * @param text as the person wrote it
 */
record ApiAddress(SocketAddress socket, String host, String text) {
  static ApiAddress parse(String text) {
    try {
      if (text.startsWith("unix:")) {
        return new ApiAddress(UnixDomainSocketAddress.of(text.substring(5)), "localhost", text);
      }
      if (text.startsWith("http://")) {
        HostPort at = HostPort.parse(text.substring(7).replaceFirst("/$", ""));
        return new ApiAddress(new InetSocketAddress(at.host(), at.port()), at.toString(), text);
      }
      throw new IllegalArgumentException("must be unix:PATH or http://HOST:PORT");
    } catch (IllegalArgumentException e) {
      throw new CliException(
          Cloudy.WRONG_USE, "The API's address " + text + " is wrong: it " + e.getMessage() + ".");
    }
  }
}
