package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.catalogue.Catalogue.Owner;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Those about whom this node is behind, as their tags show. News usually arrives first, so nothing
 * is asked for before it has had time to; then one is asked after the other.
 */
final class Laggards {
  private static final long PATIENCE = SECONDS.toNanos(2);
  private static final long SPREAD = SECONDS.toNanos(2);
  private static final long PAUSE = MILLISECONDS.toNanos(200);

  private final Dads.Settings config;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Catalogue catalogue;
  private final Pins pins;
  private final AntiEntropy antiEntropy;
  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private final Map<String, Seen> behind = new LinkedHashMap<>();
  private boolean waiting;

  private record Seen(Endpoint endpoint, Tag tag) {}

  Laggards(
      Dads.Settings config,
      Scheduler scheduler,
      RandomGenerator random,
      Catalogue catalogue,
      Pins pins,
      AntiEntropy antiEntropy) {
    this.config = config;
    this.scheduler = scheduler;
    this.random = random;
    this.catalogue = catalogue;
    this.pins = pins;
    this.antiEntropy = antiEntropy;
  }

  /** Hears what {@code node}'s tag says. */
  void heard(String node, Endpoint endpoint, Optional<Tag> tag) {
    if (tag.isEmpty() || !config.tag()) {
      return;
    }
    Seen now = new Seen(endpoint, tag.get());
    seen.put(node, now);
    if (isBehind(node, now)) {
      behind.put(node, now);
      askIn(PATIENCE + random.nextLong(SPREAD));
    }
  }

  /** Looks again at {@code node}, whose name has another key. */
  void recheck(String node) {
    Seen known = seen.get(node);
    if (known != null) {
      heard(node, known.endpoint, Optional.of(known.tag));
    }
  }

  void forget(String node) {
    seen.remove(node);
    behind.remove(node);
  }

  /** An older tag may come after newer news. */
  private boolean isBehind(String node, Seen said) {
    Optional<NodeKey> key = pins.owner(node);
    Owner owner = key.isEmpty() ? null : catalogue.owner(key.get());
    long known = owner == null ? 0 : owner.digest();
    return known != said.tag.digest()
        && (owner == null || owner.highestSequence() <= said.tag.sequence());
  }

  private void askIn(long delay) {
    if (!waiting) {
      waiting = true;
      scheduler.schedule(delay, this::askNext);
    }
  }

  private void askNext() {
    waiting = false;
    behind.entrySet().removeIf(entry -> !isBehind(entry.getKey(), entry.getValue()));
    if (behind.isEmpty()) {
      return;
    }
    if (antiEntropy.isRunning()) {
      askIn(PAUSE);
      return;
    }
    Map.Entry<String, Seen> next = behind.entrySet().iterator().next();
    behind.remove(next.getKey());
    antiEntropy.start(next.getValue().endpoint, () -> askIn(PAUSE));
  }
}
