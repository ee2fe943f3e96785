package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.catalogue.Catalogue.Entry;
import community.cloudy.gossip.discovery.catalogue.Catalogue.Owner;
import community.cloudy.gossip.discovery.catalogue.SignedAnnouncement.Signer;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's own announcements: signs what changes, repeats what would lapse, denies old news. */
final class OwnServices {
  private static final Logger log = LoggerFactory.getLogger(OwnServices.class);
  private static final long DENIAL_PAUSE = TimeUnit.SECONDS.toNanos(10);

  private final NodeKey key;
  private final String node;
  private final int ttlSeconds;
  private final Signer signer;
  private final LongSupplier sequences;
  private final Scheduler scheduler;
  private final Catalogue catalogue;
  private final Consumer<SignedAnnouncement> publish;
  private final SortedMap<String, Offer> offers = new TreeMap<>();
  private final Map<String, Long> denied = new HashMap<>();
  private long newest;
  private long denials;

  OwnServices(
      Dads.Identity identity,
      int ttlSeconds,
      Scheduler scheduler,
      Catalogue catalogue,
      Consumer<SignedAnnouncement> publish) {
    key = identity.key();
    node = identity.node();
    signer = identity.signer();
    sequences = identity.sequences();
    this.ttlSeconds = ttlSeconds;
    this.scheduler = scheduler;
    this.catalogue = catalogue;
    this.publish = publish;
  }

  /**
   * Checks that a service could be announced, whatever its health.
   *
   * @throws IllegalArgumentException if it is too long or one too many
   */
  void check(String id, Offer offer) {
    if (!offers.containsKey(id) && offers.size() >= Catalogue.PER_NODE) {
      throw new IllegalArgumentException(
          "this node already announces " + Catalogue.PER_NODE + " services: withdraw one first");
    }
    Health longest = new Health(Health.State.FAILING, "x".repeat(Health.MAX_EVIDENCE));
    SignedAnnouncement.checkLength(announcement(id, Optional.of(offer.with(longest)), 1));
  }

  /** Announces a service or changes it; tells whether that changed anything. */
  boolean announce(String id, Offer offer) {
    if (offer.equals(offers.get(id))) {
      return false;
    }
    check(id, offer);
    say(id, Optional.of(offer));
    offers.put(id, offer);
    return true;
  }

  /** Withdraws a service; tells whether there was one. */
  boolean withdraw(String id) {
    boolean known = offers.remove(id) != null;
    if (known) {
      say(id, Optional.empty());
    }
    return known;
  }

  private void say(String id, Optional<Offer> offer) {
    long sequence = Math.max(sequences.getAsLong(), newest + 1);
    SignedAnnouncement record = SignedAnnouncement.sign(announcement(id, offer, sequence), signer);
    newest = sequence;
    publish.accept(record);
  }

  private Announcement announcement(String id, Optional<Offer> offer, long sequence) {
    return new Announcement(key, node, id, sequence, ttlSeconds, offer);
  }

  Map<String, Offer> offers() {
    return offers;
  }

  /** Repeats what has lived half its time. */
  void refresh() {
    long half = TimeUnit.SECONDS.toNanos(ttlSeconds) / 2;
    for (Map.Entry<String, Offer> offer : Map.copyOf(offers).entrySet()) {
      Entry entry = catalogue.find(key, offer.getKey());
      if (entry == null || entry.expiresAt() - scheduler.nanoTime() < half) {
        say(offer.getKey(), Optional.of(offer.getValue()));
      }
    }
  }

  /**
   * Hears that somebody has {@code record}, which bears this node's signature: what a forgotten
   * past or an attacker repeats is denied with a higher sequence. At most once in a while for each
   * service, since a box with a copy of this one's key would deny the denial.
   */
  void heard(Announcement record) {
    Entry entry = catalogue.find(key, record.id());
    Optional<Offer> offer = Optional.ofNullable(offers.get(record.id()));
    newest = Math.max(newest, record.sequence());
    boolean isOld = entry != null && entry.sequence() >= record.sequence();
    if (isOld || (record.isWithdrawn() && offer.isEmpty()) || !mayDeny(record.id())) {
      return;
    }
    denials++;
    if (!record.node().equals(node)) {
      log.error(
          "Another node announces with this node's key name={}: was the box copied? Delete node.key"
              + " and node.pub on one of them and start it again.",
          record.node());
    }
    say(record.id(), offer);
  }

  private boolean mayDeny(String id) {
    long now = scheduler.nanoTime();
    denied.values().removeIf(time -> now - time > DENIAL_PAUSE);
    return denied.size() < Catalogue.PER_NODE && denied.putIfAbsent(id, now) == null;
  }

  long denials() {
    return denials;
  }

  /** Returns what the tag says of these announcements. */
  Tag tag() {
    Owner owner = catalogue.owner(key);
    return new Tag(newest, owner == null ? 0 : owner.digest());
  }
}
