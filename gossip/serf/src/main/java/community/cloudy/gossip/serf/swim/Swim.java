package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.transport.Transport;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.StreamCodec;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The membership protocol of one node: the door of this package. Confined to the event loop. */
public final class Swim {
  /** Serf's versions: memberlist 1 to 5 speaking 2, Serf 2 to 5 speaking 5 (specification A11). */
  public static final Bytes VERSIONS = Bytes.wrap(new byte[] {1, 5, 2, 2, 5, 5});

  private final Context context;
  private final Peers peers;
  private final Peer self;
  private final Membership membership;
  private final PacketSender sender;
  private final Gossip gossip;
  private final Prober prober;
  private final Relays relays;
  private final StateExchange exchange;
  private final Inbox inbox;

  /**
   * What a node of the protocol is made of.
   *
   * @param config timers and factors
   * @param name this node's name
   * @param endpoint where others reach it
   * @param packets framing of datagrams
   * @param streams framing of streams
   * @param transport the network
   * @param scheduler time
   * @param random randomness
   * @param counters what happened
   */
  public record Parts(
      SwimConfig config,
      Bytes name,
      Endpoint endpoint,
      PacketCodec packets,
      StreamCodec streams,
      Transport transport,
      Scheduler scheduler,
      RandomGenerator random,
      Counters counters) {}

  /** Creates a node that knows nobody; {@link #start} makes it live. */
  public Swim(Parts parts, SwimDelegate delegate) {
    SwimConfig config = parts.config;
    context =
        new Context(
            config,
            parts.scheduler,
            parts.random,
            parts.counters,
            new Awareness(config.awarenessMax()));
    peers = new Peers(parts.random);
    self = new Peer(parts.name, parts.endpoint, VERSIONS, context.now());
    BroadcastQueue queue = new BroadcastQueue(config.retransmitMult(), peers::size, this::wake);
    sender = new PacketSender(context, parts.packets, parts.transport, queue, delegate);
    gossip = new Gossip(context, peers, self, queue, delegate, sender);
    Pings pings = new Pings(self);
    relays = new Relays(context, pings, sender);
    LastWord lastWord = new LastWord(context, peers, self, pings, sender, relays, this::fetchState);
    membership = new Membership(context, peers, self, queue, delegate, lastWord);
    exchange =
        new StateExchange(
            context, peers, self, membership, parts.streams, parts.transport, pings, delegate);
    prober = new Prober(context, peers, self, membership, pings, sender, exchange, delegate);
    inbox =
        new Inbox(
            context,
            peers,
            self,
            parts.packets,
            parts.streams,
            new Inbox.Parts(membership, prober, relays, exchange, sender),
            delegate);
  }

  /** Returns what takes this node's packets and streams. */
  public Transport.Inbound inbound() {
    return inbox;
  }

  /** Makes this node alive with {@code meta} and starts its timers. */
  public void start(Bytes meta) {
    membership.start(meta);
    prober.start();
    exchange.start();
  }

  /** Stops all timers without telling anybody. */
  public void stop() {
    prober.stop();
    gossip.stop();
    exchange.stop();
  }

  /** Makes rounds of gossip four times as frequent, for a node that is about to go. */
  public void hurry() {
    gossip.hurry();
  }

  /** Says that application broadcasts wait. */
  public void wake() {
    gossip.wake();
  }

  private void fetchState(Peer peer) {
    exchange.exchange(peer.endpoint, false, failure -> {});
  }

  /** Exchanges states with {@code to}; {@code done} gets the failure, if there was one. */
  public void exchange(Endpoint to, boolean join, Consumer<Optional<String>> done) {
    exchange.exchange(to, join, done);
  }

  /** Exchanges states with a random alive peer. */
  public void exchangeWithAnybody() {
    exchange.exchangeWithAnybody();
  }

  /** Sends a user message by stream; {@code done} gets the answer, if there is one. */
  public void request(Endpoint to, Bytes message, Consumer<Optional<Bytes>> done) {
    exchange.request(to, message, done);
  }

  /** Returns the endpoint of a random alive peer that {@code wanted} accepts. */
  public Optional<Endpoint> anybody(Predicate<Peer> wanted) {
    return peers.pick(1, p -> p != self && p.state == State.ALIVE && wanted.test(p)).stream()
        .map(Peer::endpoint)
        .findFirst();
  }

  /** Pings once, outside the probe cycle; one of the two runs within the probe timeout. */
  public void ping(Endpoint to, Bytes name, Runnable answered, Runnable silent) {
    relays.ping(to, name, answered, silent);
  }

  /** Changes this node's meta; {@code done} runs once that has been gossiped often enough. */
  public void update(Bytes meta, Runnable done) {
    membership.update(meta, done);
    doneIfAlone(done);
  }

  /**
   * Tells all that this node leaves; {@code done} runs once that has been gossiped often enough.
   */
  public void leave(Runnable done) {
    membership.leave(done);
    doneIfAlone(done);
  }

  private void doneIfAlone(Runnable done) {
    if (!hasCompany()) {
      context.scheduler().schedule(0, done);
    }
  }

  /** Tells whether any other node is alive or suspect. */
  public boolean hasCompany() {
    return peers.present() > (self.isPresent() ? 1 : 0);
  }

  /** Sends {@code message} (type byte included) to one node, best effort. */
  public void send(Endpoint to, byte[] message) {
    sender.sendAlone(to, message);
  }

  /** Sends {@code message} to up to {@code count} random alive peers. */
  public void sendToSome(int count, byte[] message) {
    for (Peer peer : peers.pick(count, p -> p != self && p.state == State.ALIVE)) {
      sender.sendTo(peer, message);
    }
  }

  /** Tells whether a node is known to live at {@code endpoint}. */
  public boolean knows(Endpoint endpoint) {
    return peers.all().stream().anyMatch(peer -> peer.endpoint.equals(endpoint));
  }

  /** Returns the largest broadcast message that fits a packet, in bytes. */
  public int largestBroadcast() {
    return sender.largest();
  }

  /** Returns this node. */
  public Peer self() {
    return self;
  }

  /** Returns the peer named {@code name}, or null. */
  public @Nullable Peer find(Bytes name) {
    return peers.find(name);
  }

  /** Returns all peers, this node included. */
  public Collection<Peer> peers() {
    return peers.all();
  }

  /** Returns Lifeguard's health score: 0 is healthy. */
  public int healthScore() {
    return context.awareness().score();
  }

  /** Puts gauges into {@code metrics}. */
  public void report(Map<String, Long> metrics) {
    metrics.put("health_score", (long) healthScore());
    metrics.put("known_nodes", (long) peers.size());
    context.counters().report(metrics);
  }

  /** Counts {@code more} of {@code counter}. */
  public void count(Counter counter, long more) {
    context.counters().add(counter, more);
  }
}
