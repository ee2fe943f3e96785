package community.cloudy.services.peerstreamer;

import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.NgTag.NgChannel;
import community.cloudy.services.spi.Catalogue;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The channels of the community, as announcements tell, and what is announced of ours.
 *
 * @param catalogue of the community
 */
record Listing(Catalogue catalogue) {
  /** The type that old nodes list with a button to watch. */
  static final String TYPE = "peerstreamer";

  private static final String RELAYED = "relayed";

  /** Returns what others offer, the nearest first. */
  List<Service> others() {
    return catalogue.services().stream()
        .filter(service -> service.offer().type().equals(TYPE))
        .filter(service -> service.trust() != Service.Trust.OWN)
        .toList();
  }

  /** Returns what nodes with PeerStreamer-ng offer, which is nowhere announced but in a tag. */
  List<NgChannel> tagged() {
    return catalogue.tags(NgTag.KEY).entrySet().stream()
        .flatMap(tag -> NgTag.read(tag.getKey(), tag.getValue()).stream())
        .toList();
  }

  /** Returns where the channels of others are to be had. */
  Set<String> places() {
    Stream<String> announced =
        others().stream()
            .map(service -> service.offer().endpoints().get(0))
            .map(endpoint -> endpoint.host() + ":" + endpoint.port());
    return Stream.concat(announced, tagged().stream().map(channel -> channel.peer().place()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Finds a channel.
   *
   * @param service its id or its name; empty if the node has one only
   */
  Service find(String node, Optional<String> service) {
    List<Service> found =
        others().stream()
            .filter(one -> one.node().equals(node))
            .filter(
                one ->
                    service.isEmpty()
                        || one.id().equals(service.get())
                        || one.id().equals(TYPE + "-" + service.get())
                        || one.offer().name().equals(service.get()))
            .toList();
    if (found.isEmpty()) {
      throw new ServiceException(
          Code.NOT_FOUND, "%s announces no such channel. Look with: cloudy video".formatted(node));
    } else if (found.size() > 1) {
      throw new ServiceException(
          Code.CONFLICT, "%s announces several channels. Say which.".formatted(node));
    }
    return found.get(0);
  }

  /**
   * Returns where a channel is to be joined.
   *
   * @throws ServiceException if its announcement names no IPv4 address of a node
   */
  static Peer peer(Service service) {
    ServiceEndpoint endpoint = service.offer().endpoints().get(0);
    try {
      return new Peer(endpoint.host(), endpoint.port(), service.node());
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          Code.INVALID,
          "%s announces %s at a place that nobody can join: %s"
              .formatted(service.node(), service.id(), e.getMessage()),
          e);
    }
  }

  /** Returns what the community is told of a channel; its health is the module's. */
  static ServiceSpec spec(Channel channel) {
    TreeMap<String, String> attributes = new TreeMap<>();
    if (channel.kind() == Channel.Kind.RELAY) {
      channel.peer().ifPresent(peer -> attributes.put(RELAYED, peer.node()));
    }
    ServiceSpec spec =
        ServiceSpec.of(
            TYPE + "-" + channel.id(),
            TYPE,
            channel.title(),
            channel.kind() == Channel.Kind.RELAY ? "Republishing" : "Live video",
            List.of(new ServiceEndpoint("udp", "", channel.ports().peers(), "")),
            attributes);
    return new ServiceSpec(spec.id(), spec.offer(), Optional.empty());
  }
}
