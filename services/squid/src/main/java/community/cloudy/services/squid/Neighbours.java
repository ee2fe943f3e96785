package community.cloudy.services.squid;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.services.spi.Catalogue;
import community.cloudy.services.squid.conf.Surroundings.Parent;
import community.cloudy.services.squid.settings.Address;
import community.cloudy.services.squid.settings.Parents;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses which proxies of the community this one asks. What others announce is only taken where
 * their key is known or a person has named the node, and never leads to this machine.
 */
final class Neighbours {
  /** What a proxy is announced as. */
  static final String TYPE = "proxy3";

  /** The attribute of a proxy that takes everybody who can log in to the community. */
  static final String FEDERATED = "Federated";

  private static final int MUCH_NEARER = 2;

  private final Catalogue catalogue;
  private final Set<String> ownAddresses;

  Neighbours(Catalogue catalogue, Set<String> ownAddresses) {
    this.catalogue = catalogue;
    this.ownAddresses = ownAddresses;
  }

  /**
   * Returns the proxies to ask, the nearest first. Each change costs a reload: those that are asked
   * already stay while they can, unless another is much nearer.
   */
  List<Parent> choose(Parents wanted, List<Parent> current) {
    if (wanted.count() == 0) {
      return List.of();
    }
    List<Parent> candidates =
        catalogue.services().stream()
            .filter(service -> fits(service, wanted))
            .flatMap(service -> parent(service).stream())
            .toList();
    List<Parent> chosen = new ArrayList<>(current.stream().filter(candidates::contains).toList());
    for (Parent candidate : candidates) {
      if (chosen.contains(candidate)) {
        continue;
      } else if (chosen.size() >= wanted.count()) {
        Optional<Parent> far = chosen.stream().filter(c -> isMuchNearer(candidate, c)).findFirst();
        far.ifPresent(chosen::remove);
      }
      if (chosen.size() < wanted.count()) {
        chosen.add(candidate);
      }
    }
    return candidates.stream().filter(chosen::contains).limit(wanted.count()).toList();
  }

  private boolean isMuchNearer(Parent candidate, Parent than) {
    Optional<Duration> near = catalogue.distance(candidate.node());
    Optional<Duration> far = catalogue.distance(than.node());
    return near.isPresent()
        && far.isPresent()
        && near.get().multipliedBy(MUCH_NEARER).compareTo(far.get()) < 0;
  }

  private static boolean fits(Service service, Parents wanted) {
    boolean named = wanted.nodes().contains(service.node());
    boolean known = service.trust() == Trust.VERIFIED || service.trust() == Trust.PINNED;
    boolean asksLogin = "Yes".equals(service.offer().attributes().get(FEDERATED));
    return service.offer().type().equals(TYPE)
        && service.trust() != Trust.OWN
        && (wanted.nodes().isEmpty() ? known : named)
        && (!asksLogin || wanted.passLogins())
        && !service.hidden()
        && !service.elsewhere()
        && service.offer().health().state() != Health.State.FAILING;
  }

  private Optional<Parent> parent(Service service) {
    ServiceEndpoint endpoint = service.offer().endpoints().get(0);
    try {
      InetAddress address = InetAddress.getByName(new Address(endpoint.host()).text());
      boolean here =
          address.isLoopbackAddress()
              || address.isLinkLocalAddress()
              || address.isAnyLocalAddress()
              || address.isMulticastAddress()
              || ownAddresses.contains(address.getHostAddress());
      return here
          ? Optional.empty()
          : Optional.of(new Parent(service.node(), endpoint.host(), endpoint.port()));
    } catch (IllegalArgumentException | UnknownHostException e) {
      return Optional.empty();
    }
  }
}
