package community.cloudy.gossip.discovery;

import community.cloudy.gossip.discovery.catalogue.Dads;
import community.cloudy.gossip.discovery.legacy.LegacyService;
import community.cloudy.gossip.discovery.legacy.LegacyTag;
import community.cloudy.gossip.discovery.legacy.LegacyTagException;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members and what legacy ones announce by tag; on the event loop. */
final class Neighbours {
  private static final Logger log = LoggerFactory.getLogger(Neighbours.class);

  private final Scheduler scheduler;
  private final Executor worker;
  private final Map<String, Neighbour> byName = new HashMap<>();
  private long badTags;

  /**
   * One member.
   *
   * @param member as it is now
   * @param since when its status last changed, on the scheduler's clock
   * @param legacyTag what it says to legacy nodes; empty if it says nothing or speaks to us
   * @param legacy what that means
   */
  record Neighbour(Member member, long since, String legacyTag, List<LegacyService> legacy) {}

  Neighbours(Scheduler scheduler, Executor worker) {
    this.scheduler = scheduler;
    this.worker = worker;
  }

  void member(Member member) {
    String tag =
        member.tags().containsKey(Dads.TAG) ? "" : member.tags().getOrDefault(LegacyTag.KEY, "");
    long since = scheduler.nanoTime();
    List<LegacyService> legacy = List.of();
    boolean isNew = true;
    Neighbour known = byName.get(member.name());
    if (known != null) {
      since = known.member.status() == member.status() ? known.since : since;
      isNew = !known.legacyTag.equals(tag);
      legacy = isNew ? legacy : known.legacy;
    }
    byName.put(member.name(), new Neighbour(member, since, tag, legacy));
    if (isNew && !tag.isEmpty()) {
      worker.execute(() -> decode(member.name(), tag));
    }
  }

  void reaped(String name) {
    byName.remove(name);
  }

  /** On the worker: unpacking what a stranger packed takes as long as the stranger likes. */
  private void decode(String name, String tag) {
    List<LegacyService> services;
    boolean bad = false;
    try {
      LegacyTag.Decoded decoded = LegacyTag.decode(tag);
      services = decoded.services();
      bad = decoded.skipped() > 0;
    } catch (LegacyTagException e) {
      services = List.of();
      bad = true;
      log.debug("could not read the legacy tag node={} why={}", name, e.getMessage());
    }
    List<LegacyService> found = services;
    boolean isBad = bad;
    scheduler.schedule(0, () -> decoded(name, tag, found, isBad));
  }

  private void decoded(String name, String tag, List<LegacyService> services, boolean bad) {
    badTags += bad ? 1 : 0;
    Neighbour known = byName.get(name);
    if (known != null && known.legacyTag.equals(tag)) {
      byName.put(name, new Neighbour(known.member, known.since, tag, services));
    }
  }

  Map<String, Neighbour> all() {
    return Map.copyOf(byName);
  }

  long badTags() {
    return badTags;
  }
}
