package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.Channel;
import community.cloudy.gossip.serf.ChannelLink;
import community.cloudy.gossip.serf.KeyReport;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.coordinate.Coordinate;
import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.swim.Peer;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.transport.Transport;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Keyring;
import community.cloudy.gossip.serf.wire.MessageType;
import community.cloudy.gossip.serf.wire.TagsCodec;
import community.cloudy.gossip.serf.wire.UserEventMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of a Serf community: the door of this package. Confined to the event loop. */
public final class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final ClusterConfig config;
  private final Scheduler scheduler;
  private final Bytes name;
  private final Consumer<SerfEvent> events;
  private final Clocks clocks = new Clocks();
  private final Members members;
  private final UserEvents userEvents;
  private final Swim swim;
  private final Queues queues;
  private final IntentProtocol intents;
  private final Queries queries;
  private final Keys keys;
  private final Reconnector reconnector;
  private final Joiner joiner;
  private final ConflictVote vote;
  private final Distances distances;
  private final ChannelPort channel;
  private SortedMap<Bytes, Bytes> tags = new TreeMap<>();
  private boolean ignoringOldEvents;
  private Phase phase = Phase.MEMBER;

  private enum Phase {
    MEMBER,
    LEAVING,
    GONE
  }

  /**
   * What a node is given beside the protocol's parts.
   *
   * @param resolver finds the addresses to join
   * @param join addresses to join, tried for ever
   * @param keyring the keys the codecs use, if any
   * @param keysChanged stores the keys, the primary one first; throws if it cannot
   * @param events hears what happens
   */
  public record Surroundings(
      Resolver resolver,
      List<String> join,
      Optional<Keyring> keyring,
      Consumer<List<Bytes>> keysChanged,
      Consumer<SerfEvent> events) {}

  /** Creates a node that knows nobody; {@link #start} makes it live. */
  public Cluster(ClusterConfig config, Swim.Parts parts, Surroundings surroundings) {
    this.config = config;
    events = surroundings.events;
    scheduler = parts.scheduler();
    name = parts.name();
    distances = new Distances(parts.random());
    RandomGenerator random = parts.random();
    members = new Members(scheduler, name, this::told);
    userEvents = new UserEvents(clocks.events());
    queues = new Queues(config, parts.config().retransmitMult(), members::size, this::wake);
    channel =
        new ChannelPort(members, parts.config().retransmitMult(), config.queueDepth(), this::wake);
    Delegate delegate = new Delegate(this, members, clocks, userEvents, queues, channel);
    swim = new Swim(parts, delegate);
    channel.connect(swim);
    intents =
        new IntentProtocol(config, swim, members, clocks.members(), queues.intents(), scheduler);
    keys = new Keys(surroundings.keyring, config.queryResponseSize(), surroundings.keysChanged);
    queries =
        new Queries(
            new Queries.Parts(
                config,
                parts.config().gossipInterval(),
                swim,
                members,
                clocks.queries(),
                queues.queries(),
                scheduler,
                random,
                this::tags,
                events),
            new InternalQueries(members, name, keys));
    vote = new ConflictVote(queries, members, name, parts.endpoint(), this::nameLost);
    reconnector = new Reconnector(config, swim, members, scheduler, random);
    joiner =
        new Joiner(
            swim, scheduler, random, surroundings.resolver, surroundings.join, intents::join);
  }

  private void told(SerfEvent event) {
    if (event instanceof SerfEvent.MemberReaped reaped) {
      distances.forget(Bytes.utf8(reaped.member().name()));
    }
    events.accept(event);
  }

  private void wake() {
    swim.wake();
  }

  /** Returns what takes this node's packets and streams. */
  public Transport.Inbound inbound() {
    return swim.inbound();
  }

  /**
   * Makes this node live.
   *
   * @param remembered clocks from before a restart
   * @param previous where members lived before a restart; tried beside the addresses to join
   */
  public void start(
      SortedMap<Bytes, Bytes> newTags, Clocks.Times remembered, List<Endpoint> previous) {
    tags = new TreeMap<>(newTags);
    clocks.resume(remembered);
    userEvents.ignoreBefore(remembered.events() + 1);
    queries.ignoreBefore(remembered.queries() + 1);
    swim.start(encode(tags));
    reconnector.start();
    joiner.start(previous);
    scheduler.schedule(config.reapInterval(), this::reap);
  }

  private void reap() {
    if (phase != Phase.GONE) {
      scheduler.schedule(config.reapInterval(), this::reap);
      members.reapOld(
          config.reconnectTimeout(), config.tombstoneTimeout(), config.recentIntentTimeout());
      int dropped = queues.prune() + channel.prune();
      swim.count(Counter.BROADCASTS_DROPPED, dropped);
    }
  }

  /** Stops without telling anybody. */
  public void stop() {
    phase = Phase.GONE;
    joiner.stop();
    reconnector.stop();
    swim.stop();
  }

  boolean ignoresOldEvents() {
    return ignoringOldEvents;
  }

  IntentProtocol intents() {
    return intents;
  }

  Queries queries() {
    return queries;
  }

  Reconnector reconnector() {
    return reconnector;
  }

  Distances distances() {
    return distances;
  }

  void count(Counter counter) {
    swim.count(counter, 1);
  }

  /** Handles that somebody claims a member's name with another address. */
  void conflict(Peer existing, Endpoint claimed) {
    if (existing.name().equals(name)) {
      vote.call(claimed);
    } else {
      LOG.warn("name conflict: {} is claimed by {}", existing.name(), claimed);
    }
  }

  private void nameLost() {
    stop();
    events.accept(new SerfEvent.NameLost(name.utf8()));
  }

  /**
   * Contacts each address once; {@code done} gets how many answered, or why none did.
   *
   * @param ignoreOldEvents whether user events from before the join are not delivered
   */
  public void join(List<String> addresses, boolean ignoreOldEvents, Consumer<JoinOutcome> done) {
    ignoringOldEvents = ignoreOldEvents;
    joiner.join(
        addresses,
        outcome -> {
          if (outcome.reached() > 0) {
            intents.join();
          }
          ignoringOldEvents = false;
          done.accept(outcome);
        });
  }

  /** Leaves gracefully: intent, farewell, and a pause for the news to spread. */
  public void leave(Runnable done) {
    if (phase != Phase.MEMBER) {
      done.run();
      return;
    }
    phase = Phase.LEAVING;
    joiner.stop();
    reconnector.stop();
    swim.hurry();
    intents.leaveSelf(() -> farewell(done));
  }

  private void farewell(Runnable done) {
    Bounded.run(
        scheduler,
        config.broadcastTimeout(),
        swim::leave,
        () -> {
          long pause = swim.hasCompany() ? config.leavePropagateDelay() : 0;
          scheduler.schedule(
              pause,
              () -> {
                stop();
                done.run();
              });
        });
  }

  /** Declares a failed member as left; {@code prune} also forgets it. */
  public void forceLeave(Bytes node, boolean prune, Runnable done) {
    intents.forceLeave(node, prune, done);
  }

  /**
   * Changes this node's tags; {@code done} runs once that has been gossiped often enough.
   *
   * @throws SerfException if they do not fit 512 bytes
   */
  public void setTags(SortedMap<Bytes, Bytes> newTags, Runnable done) {
    Bytes meta = encode(newTags);
    tags = new TreeMap<>(newTags);
    Bounded.run(
        scheduler, config.broadcastTimeout(), finished -> swim.update(meta, finished), done);
  }

  /**
   * Returns the meta that carries {@code tags}.
   *
   * @throws SerfException if they do not fit 512 bytes
   */
  public static Bytes encode(SortedMap<Bytes, Bytes> tags) {
    try {
      return TagsCodec.encode(tags);
    } catch (IllegalArgumentException e) {
      throw new SerfException(SerfException.Code.INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns this node's tags. */
  public SortedMap<Bytes, Bytes> tags() {
    return new TreeMap<>(tags);
  }

  /**
   * Broadcasts a user event.
   *
   * @throws SerfException if it is longer than the limit, or too many wait already
   */
  public void userEvent(Bytes event, Bytes payload, boolean coalesce) {
    int limit = config.userEventSize();
    if (event.length() + payload.length() > limit) {
      throw tooLong("user event", limit, "before");
    }
    int waiting = queues.events().size();
    if (waiting >= config.eventBacklog() && swim.hasCompany()) {
      throw new SerfException(
          SerfException.Code.BUSY,
          "Could not broadcast the event: "
              + waiting
              + " still wait to be gossiped. Send fewer a second, or this one again later.");
    }
    UserEventMessage message =
        new UserEventMessage(clocks.events().time(), event, payload, coalesce);
    byte[] encoded = message.encode();
    if (encoded.length > limit) {
      throw tooLong("encoded user event", limit, "after");
    }
    clocks.events().tick();
    deliver(message);
    queues.events().add(userMessage(encoded));
  }

  private static SerfException tooLong(String event, int limit, String when) {
    return new SerfException(
        SerfException.Code.INVALID,
        event + " exceeds configured limit of " + limit + " bytes " + when + " encoding");
  }

  /**
   * Asks the community.
   *
   * @throws SerfException if a filter is not valid or the question too long
   */
  public void query(QueryRequest request, QueryListener listener) {
    queries.ask(request, listener);
  }

  /** Asks all members to install, use or remove a key; {@code done} gets what they say. */
  public void changeKey(KeyChange change, Bytes key, Consumer<KeyReport> done) {
    keys.change(change, key, queries, members.count(MemberStatus.ALIVE), done);
  }

  /** Asks all members which keys they have; {@code done} gets what they say. */
  public void listKeys(Consumer<KeyReport> done) {
    keys.list(queries, members.count(MemberStatus.ALIVE), done);
  }

  /** Returns the network coordinate of {@code node}, if it is known. */
  public Optional<Coordinate> coordinate(Bytes node) {
    return node.equals(name) ? Optional.of(distances.own()) : distances.of(node);
  }

  /** Delivers a user event if it is new; tells whether it was. */
  boolean deliver(UserEventMessage event) {
    boolean fresh = userEvents.isNew(event.lamportTime(), event.name(), event.payload());
    if (fresh) {
      events.accept(
          new SerfEvent.UserEvent(
              event.lamportTime(), event.name().utf8(), event.payload(), event.coalesce()));
    }
    return fresh;
  }

  /** Opens the application's own channel among the members that have {@code tag}. */
  public ChannelLink open(String tag, Channel handler) {
    return channel.open(Bytes.utf8(tag), handler);
  }

  /** Returns this node. */
  public Member localMember() {
    Entry entry = members.find(name);
    if (entry == null) {
      throw new SerfException(SerfException.Code.CLOSED, "the node has not started");
    }
    return entry.toMember();
  }

  /** Returns all members, in no order. */
  public List<Member> members() {
    return members.all().stream().map(Entry::toMember).toList();
  }

  /** Returns the Lamport clocks, for the snapshot. */
  public Clocks.Times times() {
    return clocks.times();
  }

  /** Puts counters and gauges into {@code metrics}. */
  public void report(Map<String, Long> metrics) {
    swim.report(metrics);
    queues.report(metrics);
    metrics.put("queue_channel", (long) channel.waiting());
    clocks.report(metrics);
    metrics.put("encrypted", keys.enabled() ? 1L : 0L);
    for (MemberStatus status : MemberStatus.values()) {
      metrics.put("members_" + status.text(), (long) members.count(status));
    }
  }

  /** Returns {@code message} as a memberlist user message. */
  static byte[] userMessage(byte[] message) {
    byte[] framed = new byte[message.length + 1];
    framed[0] = MessageType.USER;
    System.arraycopy(message, 0, framed, 1, message.length);
    return framed;
  }
}
