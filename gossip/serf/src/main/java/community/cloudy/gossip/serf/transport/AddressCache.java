package community.cloudy.gossip.serf.transport;

import community.cloudy.gossip.serf.wire.Bytes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns endpoints into socket addresses and back, remembering the last 4096 of each so that traffic
 * between known members makes no garbage.
 */
final class AddressCache {
  private static final int SIZE = 4096;

  private final int scope;
  private final Map<Endpoint, InetSocketAddress> sockets = new Recent<>();
  private final Map<InetSocketAddress, Endpoint> endpoints = new Recent<>();

  /** Uses the zone of {@code local}, if it has one, for all link-local IPv6 addresses. */
  AddressCache(InetAddress local) {
    scope = local instanceof Inet6Address six ? six.getScopeId() : 0;
  }

  /** Returns where to send; an IPv4-mapped address becomes plain IPv4, as the socket needs it. */
  InetSocketAddress socket(Endpoint endpoint) {
    InetSocketAddress known = sockets.get(endpoint);
    if (known == null) {
      known = new InetSocketAddress(address(endpoint.address()), endpoint.port());
      sockets.put(endpoint, known);
    }
    return known;
  }

  /** Returns the raw bytes of a socket's peer: 4 for IPv4, on a dual-stack socket too. */
  Endpoint endpoint(InetSocketAddress socket) {
    Endpoint known = endpoints.get(socket);
    if (known == null) {
      known = new Endpoint(Bytes.wrap(socket.getAddress().getAddress()), socket.getPort());
      endpoints.put(socket, known);
    }
    return known;
  }

  /** Returns how many endpoints are remembered. */
  int size() {
    return sockets.size();
  }

  private InetAddress address(Bytes raw) {
    try {
      InetAddress address = InetAddress.getByAddress(raw.array());
      return scope > 0 && address instanceof Inet6Address && address.isLinkLocalAddress()
          ? Inet6Address.getByAddress(null, raw.array(), scope)
          : address;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > SIZE;
    }
  }
}
