package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Reads what people write for addresses and finds the one to tell others (specification A16). */
final class Addresses {
  private Addresses() {}

  /**
   * A host and a port as written.
   *
   * @param host a name or an address, without brackets
   * @param port 0 to 65535
   */
  record HostPort(String host, int port) {}

  /**
   * Parses {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}.
   *
   * @throws SerfException if it is none of these
   */
  static HostPort parse(String text, int defaultPort) {
    int bracket = text.indexOf(']');
    String host = text;
    String port = "";
    if (text.startsWith("[") && bracket > 0) {
      host = text.substring(1, bracket);
      port = text.substring(bracket + 1);
    } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      host = text.substring(0, text.indexOf(':'));
      port = text.substring(text.indexOf(':'));
    }
    if (host.isEmpty() || (!port.isEmpty() && !port.matches(":[0-9]{1,5}"))) {
      throw invalid(text);
    }
    int number = port.isEmpty() ? defaultPort : Integer.parseInt(port.substring(1));
    if (number > 65535) {
      throw invalid(text);
    }
    return new HostPort(host, number);
  }

  private static SerfException invalid(String text) {
    return new SerfException(
        SerfException.Code.INVALID,
        "Could not read address \""
            + text
            + "\": it is not host, host:port or [ipv6]:port with a port up to 65535. Correct it.");
  }

  /** Tells whether {@code host} is an address rather than a name to look up. */
  static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }

  /**
   * Resolves an address to bind or advertise.
   *
   * @throws SerfException if the host is unknown
   */
  static InetSocketAddress resolve(String text, int defaultPort) {
    HostPort parsed = parse(text, defaultPort);
    try {
      return new InetSocketAddress(InetAddress.getByName(parsed.host()), parsed.port());
    } catch (UnknownHostException e) {
      throw new SerfException(
          SerfException.Code.INVALID,
          "Could not use address \"" + text + "\": the host is not known. Give an IP address.",
          e);
    }
  }

  static Endpoint endpoint(InetAddress address, int port) {
    return new Endpoint(Bytes.wrap(address.getAddress()), port);
  }

  /**
   * Returns the address others should use for a socket bound to {@code bound}.
   *
   * @throws SerfException if it is bound to all interfaces and none has a usable address
   */
  static InetAddress toAdvertise(InetAddress bound) {
    if (!bound.isAnyLocalAddress()) {
      return bound;
    }
    return candidates().stream()
        .min(Comparator.comparingInt(Addresses::rank))
        .orElseThrow(
            () ->
                new SerfException(
                    SerfException.Code.BIND,
                    "Could not find an address to advertise: no interface but loopback has one."
                        + " Set gossip.advertise."));
  }

  private static List<InetAddress> candidates() {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (link.isUp() && !link.isLoopback()) {
          found.addAll(Collections.list(link.getInetAddresses()));
        }
      }
    } catch (SocketException e) {
      throw new SerfException(
          SerfException.Code.BIND,
          "Could not list the network interfaces: " + e.getMessage() + ". Set gossip.advertise.",
          e);
    }
    found.removeIf(address -> address.isLinkLocalAddress() || address.isMulticastAddress());
    return found;
  }

  /** Private IPv4 first, as Serf does: community networks live in 10.0.0.0/8. */
  private static int rank(InetAddress address) {
    return (address instanceof Inet4Address ? 0 : 2) + (address.isSiteLocalAddress() ? 0 : 1);
  }
}
