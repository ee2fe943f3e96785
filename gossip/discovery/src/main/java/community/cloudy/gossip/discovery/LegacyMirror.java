package community.cloudy.gossip.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.catalogue.Dads;
import community.cloudy.gossip.discovery.legacy.LegacyService;
import community.cloudy.gossip.discovery.legacy.LegacyTag;
import community.cloudy.gossip.discovery.legacy.Mirror;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells legacy nodes of this node's services, as far as their tag has room. */
final class LegacyMirror {
  private static final Logger log = LoggerFactory.getLogger(LegacyMirror.class);
  private static final long DELAY = SECONDS.toNanos(2);

  /** What the tag of our own protocol takes at most. */
  private static final String LONGEST_TAG = "1.zzzzzzzzzzzzz.zzzzzzzzzzzzz";

  private final DiscoveryConfig config;
  private final Serf serf;
  private final Scheduler scheduler;
  private final Executor worker;
  private Map<String, Offer> wanted = Map.of();
  private boolean due;
  private volatile List<String> leftOut = List.of();

  LegacyMirror(DiscoveryConfig config, Serf serf, Scheduler scheduler, Executor worker) {
    this.config = config;
    this.serf = serf;
    this.scheduler = scheduler;
    this.worker = worker;
  }

  List<String> leftOut() {
    return leftOut;
  }

  /** Shows {@code offers}, by id, soon: several changes make one. On the event loop. */
  void show(Map<String, Offer> offers) {
    wanted = offers;
    if (config.legacyTag() && !due) {
      due = true;
      scheduler.schedule(DELAY, this::choose);
    }
  }

  private void choose() {
    due = false;
    Map<String, String> tags = new HashMap<>(serf.localMember().tags());
    String before = tags.remove(LegacyTag.KEY);
    tags.put(Dads.TAG, LONGEST_TAG);
    String address = Listing.host(serf.localMember().endpoint().address());
    Map<LegacyService, String> ids = new HashMap<>();
    wanted.forEach((id, offer) -> add(id, offer, address, ids));
    worker.execute(() -> choose(ids, tags, before == null ? "" : before));
  }

  /** On the worker: packing is slow. */
  private void choose(Map<LegacyService, String> ids, Map<String, String> others, String before) {
    Mirror.Choice choice =
        Mirror.choose(
            List.copyOf(ids.keySet()),
            value -> {
              Map<String, String> tags = new HashMap<>(others);
              tags.put(LegacyTag.KEY, value);
              return Serf.fit(tags);
            });
    List<String> unseen = new ArrayList<>();
    choice.leftOut().forEach(service -> unseen.add(ids.getOrDefault(service, service.type())));
    leftOut = List.copyOf(unseen);
    String now = choice.tag().orElse("");
    if (now.equals(before)) {
      return;
    }
    Map<String, String> set = choice.tag().map(tag -> Map.of(LegacyTag.KEY, tag)).orElse(Map.of());
    var unused =
        serf.updateTags(set, now.isEmpty() ? Set.of(LegacyTag.KEY) : Set.of())
            .exceptionally(
                failure -> {
                  log.warn("Could not tell legacy nodes: {}", failure.getMessage());
                  return null;
                });
    if (!unseen.isEmpty()) {
      log.info(
          "The tag for legacy nodes has no room for services={}",
          unseen.stream().collect(Collectors.joining(",")));
    }
  }

  /** What fails is not shown, as a legacy node's own checks would have it. */
  private void add(String id, Offer offer, String address, Map<LegacyService, String> ids) {
    if (offer.health().state() == Health.State.FAILING) {
      return;
    }
    ServiceEndpoint first = offer.endpoints().get(0);
    String host = config.node().replaceAll("[^A-Za-z0-9-]", "-");
    String text =
        offer.attributes().entrySet().stream()
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining("&"));
    try {
      ids.put(
          new LegacyService(
              offer.type(),
              offer.name(),
              host + ".guifi.local",
              first.host().isEmpty() ? address : first.host(),
              first.port(),
              config.community(),
              text.length() > 400 ? "" : text),
          id);
    } catch (IllegalArgumentException e) {
      log.debug("legacy nodes cannot be told of service={} why={}", id, e.getMessage());
    }
  }
}
