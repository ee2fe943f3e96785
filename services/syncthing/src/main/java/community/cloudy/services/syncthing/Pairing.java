package community.cloudy.services.syncthing;

import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.Service.Trust;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.services.spi.Catalogue;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.util.List;
import java.util.Optional;

/**
 * Knows which node a device belongs to, by announcements that are signed: what a legacy node says
 * anybody could have said.
 */
final class Pairing {
  static final String TYPE = "syncthing";
  static final String NODE_ID = "node_id";

  private final Catalogue catalogue;

  Pairing(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The Syncthing of a node. */
  record Peer(String node, DeviceId device, List<String> addresses) {}

  /**
   * Finds the Syncthing of a node.
   *
   * @throws ServiceException if the node announces none, or nothing that can be trusted
   */
  Peer peer(String node) {
    List<Service> offers =
        catalogue.services().stream()
            .filter(service -> service.node().equals(node))
            .filter(service -> service.offer().type().equals(TYPE))
            .toList();
    if (offers.isEmpty()) {
      throw new ServiceException(
          Code.NOT_FOUND,
          "The node %s announces no Syncthing. Have its owner enable it there.".formatted(node));
    }
    return offers.stream()
        .filter(Pairing::isSigned)
        .flatMap(service -> of(service).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new ServiceException(
                    Code.CONFLICT,
                    ("The announcement of %s is not signed, or names no device. Ask its owner for"
                            + " the device's id, and add the device by it.")
                        .formatted(node)));
  }

  /** Returns whose device it is, if a signed announcement says so. */
  Optional<Peer> owner(DeviceId device) {
    return catalogue.services().stream()
        .filter(service -> service.offer().type().equals(TYPE) && isSigned(service))
        .flatMap(service -> of(service).stream())
        .filter(peer -> peer.device().equals(device))
        .findFirst();
  }

  private static boolean isSigned(Service service) {
    return service.trust() != Trust.UNVERIFIED;
  }

  private static Optional<Peer> of(Service service) {
    return Optional.ofNullable(service.offer().attributes().get(NODE_ID))
        .flatMap(DeviceId::parse)
        .map(device -> new Peer(service.node(), device, addresses(service)));
  }

  private static List<String> addresses(Service service) {
    return service.offer().endpoints().stream()
        .filter(endpoint -> endpoint.scheme().equals("tcp") && !endpoint.host().isEmpty())
        .map(ServiceEndpoint::toString)
        .toList();
  }
}
