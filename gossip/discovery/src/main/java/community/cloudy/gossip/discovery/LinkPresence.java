package community.cloudy.gossip.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.mdns.Advert;
import community.cloudy.gossip.discovery.mdns.DnsNames;
import community.cloudy.gossip.discovery.mdns.LinkDiscovery;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node on its own links: it joins the nodes of its community there, and tells the home network
 * of its services (multicast DNS, RFC 6762 and 6763).
 */
final class LinkPresence implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LinkPresence.class);
  private static final long REFRESH = SECONDS.toNanos(60);

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Serf serf;
  private final Scheduler scheduler;
  private final Executor worker;
  private final LinkDiscovery link;
  private final Map<String, Advert> shown = new HashMap<>();
  private boolean closed;

  private LinkPresence(DiscoveryConfig config, Serf serf, Scheduler scheduler, Executor worker) {
    this.serf = serf;
    this.scheduler = scheduler;
    this.worker = worker;
    LinkDiscovery.Node self =
        new LinkDiscovery.Node(
            config.node(),
            config.community(),
            serf.localMember().endpoint().port(),
            config.version(),
            NodeKey.of(config.publicKey()).fingerprint());
    link = new LinkDiscovery(self, this::found);
    link.problem()
        .ifPresent(why -> log.warn("Serf agents on the same link cannot find this node: {}", why));
  }

  /** Begins, if the configuration wants it and the node has a community to look for. */
  static Optional<LinkPresence> start(
      DiscoveryConfig config, Serf serf, Scheduler scheduler, Executor worker) {
    if (!config.mdns() || config.community().isEmpty()) {
      return Optional.empty();
    }
    LinkPresence presence = new LinkPresence(config, serf, scheduler, worker);
    presence.refresh();
    return Optional.of(presence);
  }

  private void refresh() {
    if (closed) {
      return;
    }
    scheduler.schedule(REFRESH, this::refresh);
    worker.execute(
        () -> {
          try {
            link.refresh(LinkDiscovery.usableAddresses());
          } catch (SocketException e) {
            log.warn("Could not list the network interfaces: {}", e.getMessage());
          }
        });
  }

  private void found(InetSocketAddress neighbour) {
    String host = neighbour.getAddress().getHostAddress();
    String address = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + neighbour.getPort();
    var unused =
        serf.join(List.of(address), true)
            .whenComplete(
                (joined, failure) -> {
                  if (failure == null) {
                    log.info("Joined a neighbour found by mdns address={}", address);
                  } else {
                    log.debug("a neighbour found by mdns did not answer address={}", address);
                  }
                });
  }

  /** Shows {@code offers}, by id, instead of those shown before. On the event loop. */
  void show(Map<String, Offer> offers) {
    for (String id : List.copyOf(shown.keySet())) {
      if (!offers.containsKey(id)) {
        shown.remove(id);
        link.withdraw(id);
      }
    }
    offers.forEach(
        (id, offer) ->
            advert(id, offer)
                .filter(advert -> !advert.equals(shown.put(id, advert)))
                .ifPresent(link::publish));
  }

  private Optional<Advert> advert(String id, Offer offer) {
    ServiceEndpoint first = offer.endpoints().get(0);
    try {
      TreeMap<String, String> text = new TreeMap<>(offer.attributes());
      if (!first.path().isEmpty()) {
        text.put("path", first.path());
      }
      if (!first.host().isEmpty() && !ADDRESS.matcher(first.host()).matches()) {
        // A look-up would hold up the event loop, and the name is not this node's.
        return Optional.empty();
      }
      Optional<InetAddress> only =
          first.host().isEmpty()
              ? Optional.empty()
              : Optional.of(InetAddress.getByName(first.host()));
      return Optional.of(
          new Advert(
              id,
              offer.name(),
              DnsNames.serviceType(offer.type(), first.scheme()),
              first.port(),
              only,
              text));
    } catch (IllegalArgumentException | UnknownHostException e) {
      log.debug("the link cannot be told of service={} why={}", id, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    link.close();
  }
}
