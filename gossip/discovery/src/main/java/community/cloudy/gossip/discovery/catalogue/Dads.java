package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.DiscoveryEvent;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.discovery.catalogue.ExchangeMessage.Item;
import community.cloudy.gossip.discovery.catalogue.Refusals.Reason;
import community.cloudy.gossip.serf.Channel;
import community.cloudy.gossip.serf.ChannelLink;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Distributed announcement and discovery of services, for one node: the door of this package.
 * Confined to the event loop.
 *
 * <p>Announcements travel as news (gossip), by exchange with random peers (anti-entropy), and each
 * node's tag tells the others when they are behind. The first two each suffice alone.
 */
public final class Dads {
  /** The key of the tag that members of this protocol have. */
  public static final String TAG = Tag.KEY;

  private static final long HOUSEKEEPING = SECONDS.toNanos(10);
  private static final long TAG_DELAY = MILLISECONDS.toNanos(500);
  private static final int UNSCALED_MEMBERS = 32;

  /** When a newcomer exchanges, in seconds: the first it meets may be as new as itself. */
  private static final long[] WELCOME = {1, 5, 20};

  private final Settings config;
  private final String self;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Consumer<String> setTag;
  private final Catalogue catalogue = new Catalogue();
  private final Refusals refusals = new Refusals();
  private final Pins pins;
  private final Intake intake;
  private final OwnServices own;
  private final Exchange exchange;
  private final ChannelLink link;
  private final AntiEntropy antiEntropy;
  private final Laggards laggards;
  private final Set<String> members = new HashSet<>();
  private String lastTag = "";
  private boolean tagDue;
  private boolean welcomed;
  private boolean started;
  private boolean stopped;

  /**
   * Timers and switches. Durations are nanoseconds unless said otherwise.
   *
   * @param ttlSeconds how long an announcement stands, in seconds; it is repeated at half of that
   * @param exchangeInterval time between exchanges with a random peer, for up to 32 members
   * @param news whether changes are gossiped
   * @param antiEntropy whether catalogues are compared with random peers
   * @param tag whether the tag tells this node's state
   */
  public record Settings(
      int ttlSeconds, long exchangeInterval, boolean news, boolean antiEntropy, boolean tag) {
    private static final int TTL = 3 * 24 * 3600;

    /** Returns the defaults for {@code profile}: exchanges as often as push/pulls. */
    public static Settings of(Profile profile) {
      long seconds =
          switch (profile) {
            case LAN, MESH -> 30;
            case WAN -> 60;
            case LOCAL -> 15;
          };
      return new Settings(TTL, SECONDS.toNanos(seconds), true, true, true);
    }
  }

  /**
   * What a node of the protocol is made of.
   *
   * @param config timers and switches
   * @param identity who this node is
   * @param trusted fingerprints of the keys a person has listed
   * @param scheduler time
   * @param random randomness
   * @param verifier checks signatures
   * @param open opens the channel: takes the tag's key and the receiver
   * @param setTag tells the community this node's tag
   * @param events hears what the catalogue learns
   */
  public record Parts(
      Settings config,
      Identity identity,
      Set<String> trusted,
      Scheduler scheduler,
      RandomGenerator random,
      Verifier verifier,
      BiFunction<String, Channel, ChannelLink> open,
      Consumer<String> setTag,
      Consumer<DiscoveryEvent> events) {}

  /**
   * Who this node is.
   *
   * @param key its public key
   * @param node its name
   * @param signer signs with its private key
   * @param sequences gives numbers that only grow, over restarts too
   */
  public record Identity(
      NodeKey key, String node, SignedAnnouncement.Signer signer, LongSupplier sequences) {}

  /** Creates a node that knows no service; {@link #start} makes it live. */
  public Dads(Parts parts) {
    config = parts.config;
    self = parts.identity.node();
    scheduler = parts.scheduler;
    random = parts.random;
    setTag = parts.setTag;
    pins = new Pins(parts.trusted);
    intake =
        new Intake(
            catalogue,
            pins,
            refusals,
            new Intake.Surroundings(
                parts.verifier,
                scheduler,
                members::contains,
                parts.identity.key(),
                this::heardOwn,
                parts.events));
    own =
        new OwnServices(
            parts.identity, config.ttlSeconds(), scheduler, catalogue, this::publishOwn);
    pins.pin(parts.identity.node(), parts.identity.key());
    exchange = new Exchange(catalogue);
    link = parts.open.apply(TAG, new Receiver());
    antiEntropy =
        new AntiEntropy(
            link, exchange, scheduler, (from, item) -> take(from, item, false), intake::pending);
    laggards = new Laggards(config, scheduler, random, catalogue, pins, antiEntropy);
  }

  /** Starts the timers and shows the tag. */
  public void start() {
    started = true;
    tellTag();
    scheduler.schedule(HOUSEKEEPING, this::housekeeping);
    if (config.antiEntropy()) {
      scheduler.schedule(random.nextLong(interval()), this::exchangeWithAnybody);
    }
  }

  /** Stops all timers. */
  public void stop() {
    stopped = true;
  }

  private long interval() {
    int speakers = members.size();
    double doublings = speakers <= UNSCALED_MEMBERS ? 0 : Math.log(speakers / 32.0) / Math.log(2);
    return config.exchangeInterval() * (1 + (long) Math.ceil(doublings));
  }

  private void exchangeWithAnybody() {
    if (stopped) {
      return;
    }
    scheduler.schedule(interval(), this::exchangeWithAnybody);
    askAnybody();
  }

  private void askAnybody() {
    link.anybody().ifPresent(peer -> antiEntropy.start(peer, () -> {}));
  }

  private void housekeeping() {
    if (stopped) {
      return;
    }
    scheduler.schedule(HOUSEKEEPING, this::housekeeping);
    own.refresh();
    intake.dropLapsed(scheduler.nanoTime());
  }

  /**
   * Checks that a service could be announced, whatever its health.
   *
   * @throws IllegalArgumentException if it is too long or one too many
   */
  public void check(String id, Offer offer) {
    own.check(id, offer);
  }

  /** Announces a service of this node, or changes it; tells whether that changed anything. */
  public boolean announce(String id, Offer offer) {
    return own.announce(id, offer);
  }

  /** Withdraws a service of this node; tells whether there was one. */
  public boolean withdraw(String id) {
    return own.withdraw(id);
  }

  private void heardOwn(Announcement record) {
    own.heard(record);
  }

  private void publishOwn(SignedAnnouncement record) {
    intake.put(record, record.announcement().ttlSeconds());
    gossip(record, record.announcement().ttlSeconds());
    if (started && !tagDue) {
      tagDue = true;
      scheduler.schedule(TAG_DELAY, this::tellTag);
    }
  }

  /** The tag rides in membership's own messages, so several changes make one. */
  private void tellTag() {
    tagDue = false;
    String tag = own.tag().text();
    if (!stopped && config.tag() && !tag.equals(lastTag)) {
      lastTag = tag;
      setTag.accept(tag);
    }
  }

  private void gossip(SignedAnnouncement record, int remaining) {
    if (config.news()) {
      Announcement said = record.announcement();
      Bytes subject = new RecordWriter().bytes(said.key().raw().array()).text(said.id()).toBytes();
      Bytes message = new RecordWriter().u32(remaining).bytes(record.encoded().array()).toBytes();
      link.broadcast(subject, message);
    }
  }

  private void take(Endpoint from, Item item, boolean relay) {
    intake.take(
        from,
        item.encoded(),
        item.remaining(),
        (record, seconds) -> {
          if (relay) {
            gossip(record, seconds);
          }
        });
  }

  /** Hears that a member is there, has changed or is gone. */
  public void member(Member member, boolean reaped) {
    if (reaped) {
      members.remove(member.name());
      laggards.forget(member.name());
      return;
    }
    members.add(member.name());
    String tag = member.tags().get(Tag.KEY);
    if (tag == null || member.status() != MemberStatus.ALIVE || self.equals(member.name())) {
      return;
    }
    laggards.heard(member.name(), member.endpoint(), Tag.parse(tag));
    if (!welcomed && config.antiEntropy()) {
      welcomed = true;
      for (long seconds : WELCOME) {
        scheduler.schedule(random.nextLong(SECONDS.toNanos(seconds)), this::askAnybody);
      }
    }
  }

  /** Exchanges with {@code peer} now; {@code done} runs at its end. */
  public void exchangeWith(Endpoint peer, Runnable done) {
    antiEntropy.start(peer, done);
  }

  /**
   * Something announced, as it is known here.
   *
   * @param encoded what its node says
   * @param heardAt when that came, on the scheduler's clock
   */
  public record Known(Bytes encoded, long heardAt) {
    /** Returns what the node says; decoded at each call, on any thread. */
    public Announcement announcement() {
      return SignedAnnouncement.known(encoded);
    }
  }

  /** Returns all announcements, withdrawn ones left out. */
  public Collection<Known> known() {
    return catalogue.owners().stream()
        .flatMap(owner -> owner.entries().stream())
        .filter(entry -> !entry.isWithdrawn())
        .map(entry -> new Known(entry.encoded(), entry.heardAt()))
        .toList();
  }

  /** Returns what this node announces, by id. */
  public Map<String, Offer> own() {
    return Map.copyOf(own.offers());
  }

  /** Returns how many records have been let in. */
  public long accepted() {
    return intake.accepted();
  }

  /** Tells whether a person has listed {@code key} as trusted. */
  public boolean isTrusted(NodeKey key) {
    return pins.isTrusted(key);
  }

  /** Returns the key each name belongs to. */
  public Map<String, NodeKey> pins() {
    return pins.all();
  }

  /** Returns the last key that claimed each name that belongs to another. */
  public Map<String, NodeKey> claims() {
    return pins.claims();
  }

  /** Tells whether pins have changed since this was last asked. */
  public boolean takePinsChanged() {
    return pins.takeChanged();
  }

  /** Gives {@code node}'s name to {@code key}; what another key announced with it goes. */
  public void pin(String node, NodeKey key) {
    Optional<NodeKey> before = pins.owner(node);
    pins.pin(node, key);
    before.filter(old -> !old.equals(key)).ifPresent(intake::drop);
    laggards.recheck(node);
  }

  /** Returns the records to keep over a restart, with the seconds each still stands. */
  public Collection<Stored> stored() {
    long now = scheduler.nanoTime();
    return catalogue.owners().stream()
        .flatMap(owner -> owner.entries().stream())
        .map(
            entry ->
                new Stored(
                    entry.encoded(),
                    (int) Math.max(0, (entry.expiresAt() - now) / SECONDS.toNanos(1))))
        .toList();
  }

  /**
   * A record in a file.
   *
   * @param encoded as it travels
   * @param remaining seconds it still stands
   */
  public record Stored(Bytes encoded, int remaining) {}

  /**
   * Takes back a record kept over a restart; its signature was checked when it first came.
   *
   * @return whether it was one
   */
  public boolean restore(Stored stored) {
    try {
      SignedAnnouncement record = SignedAnnouncement.read(stored.encoded());
      Announcement said = record.announcement();
      boolean isNews = !catalogue.has(said.key(), said.id(), said.sequence());
      if (isNews && catalogue.hasRoomFor(record) && stored.remaining() > 0) {
        intake.put(record, Math.min(stored.remaining(), said.ttlSeconds()));
      }
      return true;
    } catch (RecordException e) {
      return false;
    }
  }

  /** Returns how much each source sent that was refused, by its address. */
  public Map<Bytes, Long> refusedSources() {
    return refusals.sources();
  }

  /** Puts counters and gauges into {@code metrics}. */
  public void report(Map<String, Long> metrics) {
    metrics.put("services", (long) catalogue.size());
    metrics.put("withdrawals", (long) catalogue.withdrawn());
    metrics.put("own_services", (long) own.offers().size());
    metrics.put("accepted_total", intake.accepted());
    metrics.put("verifying", (long) intake.pending());
    metrics.put("denials_total", own.denials());
    metrics.put("exchanges_total", antiEntropy.completed());
    metrics.put("exchanges_failed_total", antiEntropy.failed());
    metrics.put("pins", (long) pins.size());
    refusals.report(metrics);
  }

  /** What comes from the channel. */
  private final class Receiver implements Channel {
    @Override
    public void message(Endpoint from, Bytes message) {
      try {
        RecordReader in = new RecordReader(message);
        int remaining = in.u31();
        take(from, new Item(in.bytes(in.remaining()), remaining), true);
      } catch (RecordException e) {
        refusals.add(Reason.MALFORMED, from.address(), scheduler.nanoTime());
      }
    }

    @Override
    public Bytes answer(Endpoint from, Bytes request) {
      try {
        return exchange
            .answer(
                ExchangeMessage.decode(request),
                scheduler.nanoTime(),
                item -> take(from, item, false))
            .encode();
      } catch (RecordException | IllegalArgumentException e) {
        refusals.add(Reason.MALFORMED, from.address(), scheduler.nanoTime());
        return Bytes.EMPTY;
      }
    }
  }
}
