package community.cloudy.services.bind.live;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Address;

/**
 * Which node has which name. Who is trusted more takes it first, this node before all; another node
 * whose name comes to the same has none until it is called otherwise.
 */
final class Hosts {
  private static final int MAX_ADDRESSES = 4;
  private static final List<Trust> ORDER =
      List.of(Trust.OWN, Trust.VERIFIED, Trust.PINNED, Trust.UNVERIFIED);

  private final Map<String, Host> hosts = new LinkedHashMap<>();

  /** A node with a name. */
  private record Host(String node, Optional<NodeKey> key, List<InetAddress> addresses) {
    boolean is(Service service) {
      return node.equals(service.node())
          && (service.trust() == Trust.OWN || key.isEmpty() || key.equals(service.key()));
    }
  }

  /** Finds the nodes that offer {@code services}. */
  Hosts(String node, InetAddress self, List<Service> services) {
    Labels.ofNode(node)
        .ifPresent(label -> hosts.put(label, new Host(node, Optional.empty(), List.of(self))));
    services.stream()
        .filter(service -> !service.elsewhere() && service.trust() != Trust.OWN)
        .sorted(
            Comparator.comparingInt((Service s) -> ORDER.indexOf(s.trust()))
                .thenComparing(Service::node)
                .thenComparing(s -> s.key().map(NodeKey::toString).orElse("")))
        .forEach(service -> add(node, service));
  }

  private void add(String self, Service service) {
    if (service.node().equals(self)) {
      return;
    }
    List<InetAddress> found = addresses(service);
    Labels.ofNode(service.node())
        .filter(label -> !found.isEmpty())
        .ifPresent(
            label -> hosts.putIfAbsent(label, new Host(service.node(), service.key(), found)));
  }

  private static List<InetAddress> addresses(Service service) {
    List<InetAddress> addresses = new ArrayList<>();
    for (ServiceEndpoint endpoint : service.offer().endpoints()) {
      try {
        InetAddress address = Address.getByAddress(endpoint.host());
        if (!addresses.contains(address) && addresses.size() < MAX_ADDRESSES) {
          addresses.add(address);
        }
      } catch (UnknownHostException e) {
        // A name of DNS is no address of a node.
      }
    }
    return List.copyOf(addresses);
  }

  /** Returns the label of the node that offers {@code service}; empty if it has none. */
  Optional<String> of(Service service) {
    return Labels.ofNode(service.node())
        .filter(label -> hosts.containsKey(label) && host(label).is(service));
  }

  /** Returns all labels. */
  List<String> labels() {
    return List.copyOf(hosts.keySet());
  }

  /** Returns the addresses of the node with a label. */
  List<InetAddress> addresses(String label) {
    return host(label).addresses();
  }

  private Host host(String label) {
    return Optional.ofNullable(hosts.get(label)).orElseThrow();
  }
}
