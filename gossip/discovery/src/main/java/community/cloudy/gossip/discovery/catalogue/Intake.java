package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.DiscoveryEvent;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.catalogue.Catalogue.Entry;
import community.cloudy.gossip.discovery.catalogue.Refusals.Reason;
import community.cloudy.gossip.discovery.catalogue.SignedAnnouncement.Head;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate to the catalogue. The cheap checks come first: what is known already costs no signature,
 * and a source of nonsense is not listened to.
 */
final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** Signatures waiting at once; a node that comes home brings some thousands. */
  private static final int MAX_PENDING = 20_000;

  /** How long a full catalogue in which no stranger was found is taken to be without. */
  private static final long NO_STRANGERS = TimeUnit.SECONDS.toNanos(1);

  private final Catalogue catalogue;
  private final Pins pins;
  private final Refusals refusals;
  private final Surroundings around;
  private final Set<Head> pending = new HashSet<>();
  private long accepted;
  private long lookedInVain;
  private boolean foundNone;

  /**
   * What the gate is given beside its state.
   *
   * @param verifier checks signatures
   * @param scheduler time
   * @param isMember tells whether a node of this name is known to gossip
   * @param ownKey this node's key
   * @param ownHeard gets what bears this node's own signature: nobody else changes that
   * @param events hears what is let in and what goes
   */
  record Surroundings(
      Verifier verifier,
      Scheduler scheduler,
      Predicate<String> isMember,
      NodeKey ownKey,
      Consumer<Announcement> ownHeard,
      Consumer<DiscoveryEvent> events) {}

  Intake(Catalogue catalogue, Pins pins, Refusals refusals, Surroundings around) {
    this.catalogue = catalogue;
    this.pins = pins;
    this.refusals = refusals;
    this.around = around;
  }

  /**
   * Takes a record from {@code from}.
   *
   * @param remaining seconds it still stands, as {@code from} says; at most its own time counts
   * @param accept gets it with its remaining seconds, once it is let in
   */
  void take(
      Endpoint from, Bytes encoded, int remaining, BiConsumer<SignedAnnouncement, Integer> accept) {
    if (refusals.isMuted(from.address(), around.scheduler.nanoTime())) {
      refuse(Reason.MUTED, from, "its source has sent too much that was refused");
      return;
    }
    try {
      Head head = SignedAnnouncement.head(encoded);
      if (!catalogue.has(head.key(), head.id(), head.sequence())
          && pending.size() < MAX_PENDING
          && !pending.contains(head)) {
        SignedAnnouncement record = SignedAnnouncement.read(encoded);
        // What has no room comes again and again: it must not cost a signature each time.
        if (catalogue.hasRoomFor(record) || mayMakeRoomFor(record.announcement())) {
          check(from, record, head, remaining, accept);
        } else {
          refuse(Reason.FULL, from, "there is no room");
        }
      }
    } catch (RecordException e) {
      refuse(Reason.MALFORMED, from, String.valueOf(e.getMessage()));
    }
  }

  private void check(
      Endpoint from,
      SignedAnnouncement record,
      Head head,
      int remaining,
      BiConsumer<SignedAnnouncement, Integer> accept) {
    Announcement said = record.announcement();
    int seconds = Math.min(remaining, said.ttlSeconds());
    pending.add(head);
    around.verifier.verify(
        record,
        genuine -> {
          pending.remove(head);
          if (!genuine) {
            refuse(Reason.SIGNATURE, from, "the signature is not the key's");
          } else if (said.key().equals(around.ownKey)) {
            around.ownHeard.accept(said);
          } else if (admit(from, record, seconds)) {
            accept.accept(record, seconds);
          }
        });
  }

  private boolean admit(Endpoint from, SignedAnnouncement record, int seconds) {
    Announcement said = record.announcement();
    if (catalogue.has(said.key(), said.id(), said.sequence()) || !mayUseName(from, said)) {
      return false;
    }
    if (!catalogue.hasRoomFor(record) && !makeRoomFor(record)) {
      refuse(Reason.FULL, from, "there is no room");
      return false;
    }
    put(record, seconds);
    return true;
  }

  /** Members go before those nobody knows, who may be the inventions of one attacker. */
  private boolean makeRoomFor(SignedAnnouncement record) {
    if (!mayMakeRoomFor(record.announcement())) {
      return false;
    }
    List<Entry> strangers =
        catalogue.removeIf((owner, entry) -> !around.isMember.test(owner.node()));
    strangers.forEach(this::gone);
    foundNone = strangers.isEmpty();
    lookedInVain = around.scheduler.nanoTime();
    return catalogue.hasRoomFor(record);
  }

  private boolean mayMakeRoomFor(Announcement said) {
    return catalogue.ownerHasRoomFor(said)
        && around.isMember.test(said.node())
        && !(foundNone && around.scheduler.nanoTime() - lookedInVain < NO_STRANGERS);
  }

  private boolean mayUseName(Endpoint from, Announcement said) {
    Optional<NodeKey> before = pins.owner(said.node());
    Pins.Claim claim = pins.claim(said.node(), said.key());
    switch (claim) {
      case RIGHT -> {
        return true;
      }
      case TAKEN -> {
        NodeKey old = before.orElseThrow();
        around.events.accept(new DiscoveryEvent.KeyAlarm(said.node(), old, said.key(), true));
        drop(old);
        return true;
      }
      case ALARM ->
          around.events.accept(
              new DiscoveryEvent.KeyAlarm(said.node(), before.orElseThrow(), said.key(), false));
      case WRONG -> {}
    }
    refuse(Reason.HIJACK, from, "the name belongs to another key");
    return false;
  }

  /** Puts in a record that needs no check, and tells of it. */
  void put(SignedAnnouncement record, int seconds) {
    Announcement said = record.announcement();
    Optional<Announcement> before =
        Optional.ofNullable(catalogue.find(said.key(), said.id()))
            .filter(entry -> !entry.isWithdrawn())
            .map(Entry::announcement);
    long now = around.scheduler.nanoTime();
    catalogue.put(record, now, now + TimeUnit.SECONDS.toNanos(seconds));
    accepted++;
    if (!said.isWithdrawn()) {
      around.events.accept(new DiscoveryEvent.Announced(said, before));
    } else {
      before.ifPresent(old -> around.events.accept(new DiscoveryEvent.Gone(old)));
    }
  }

  /** Removes everything signed with {@code key}. */
  void drop(NodeKey key) {
    catalogue.removeIf((owner, entry) -> owner.key().equals(key)).forEach(this::gone);
  }

  /** Removes what {@code now} finds lapsed. */
  void dropLapsed(long now) {
    catalogue.removeIf((owner, entry) -> now - entry.expiresAt() >= 0).forEach(this::gone);
  }

  private void gone(Entry entry) {
    if (!entry.isWithdrawn()) {
      around.events.accept(new DiscoveryEvent.Gone(entry.announcement()));
    }
  }

  private void refuse(Reason reason, Endpoint from, String why) {
    refusals.add(reason, from.address(), around.scheduler.nanoTime());
    log.debug("refused an announcement reason={} from={} why={}", reason, from, why);
  }

  /** Returns how many records have been let in. */
  long accepted() {
    return accepted;
  }

  /** Returns how many signatures are being checked. */
  int pending() {
    return pending.size();
  }
}
