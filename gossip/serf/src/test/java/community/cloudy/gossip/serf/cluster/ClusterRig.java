package community.cloudy.gossip.serf.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.simulation.VirtualTime;
import community.cloudy.gossip.serf.swim.Counters;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.swim.SwimConfig;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.RecordingTransport;
import community.cloudy.gossip.serf.transport.RecordingTransport.Sent;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Keyring;
import community.cloudy.gossip.serf.wire.Message;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.Recorder;
import community.cloudy.gossip.serf.wire.SerfMessage;
import community.cloudy.gossip.serf.wire.StreamCodec;
import community.cloudy.gossip.serf.wire.TagsCodec;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One live Serf node named {@code self} at 10.0.0.1 on virtual time, with the tag role=web. The
 * rest of its community is what the test says; pings are answered unless the target is silent.
 */
final class ClusterRig {
  static final SortedMap<Bytes, Bytes> TAGS =
      new TreeMap<>(Map.of(Bytes.utf8("role"), Bytes.utf8("web")));

  final VirtualTime time = new VirtualTime();
  final RecordingTransport transport = new RecordingTransport(this::answer);
  final List<SerfEvent> events = new ArrayList<>();
  final Set<Endpoint> silent = new HashSet<>();
  final List<List<Bytes>> storedKeys = new ArrayList<>();
  final Map<String, Resolver.Resolution> names = new HashMap<>();
  final Cluster cluster;
  private final PacketCodec packets = new PacketCodec(Optional.empty(), Bytes.EMPTY, false);
  private final StreamCodec streams = new StreamCodec(Optional.empty(), Bytes.EMPTY, false);

  ClusterRig() {
    this(List.of(), Optional.empty());
    start(List.of());
  }

  /** Creates a node that has not started; the codecs do not encrypt whatever the keyring. */
  ClusterRig(List<String> join, Optional<Keyring> keyring) {
    Swim.Parts parts =
        new Swim.Parts(
            SwimConfig.of(Profile.LAN),
            Bytes.utf8("self"),
            at(1),
            new PacketCodec(Optional.empty(), Bytes.EMPTY, false),
            new StreamCodec(Optional.empty(), Bytes.EMPTY, false),
            transport,
            time,
            new Random(1),
            new Counters());
    cluster =
        new Cluster(
            ClusterConfig.defaults(SECONDS.toNanos(1)),
            parts,
            new Cluster.Surroundings(this::resolve, join, keyring, storedKeys::add, events::add));
  }

  private void resolve(String address, Consumer<Resolver.Resolution> done) {
    Resolver.Resolution found =
        names.getOrDefault(
            address, new Resolver.Resolution(List.of(), Optional.of("no such host")));
    time.schedule(0, () -> done.accept(found));
  }

  void start(List<Endpoint> previous) {
    cluster.start(TAGS, Clocks.Times.NONE, previous);
  }

  /** Creates a node that knows {@code names} as alive at 10.0.0.2 and up, with nothing to say. */
  static ClusterRig with(String... names) {
    ClusterRig rig = new ClusterRig();
    for (int i = 0; i < names.length; i++) {
      rig.hear(at(2 + i), alive(names[i], 2 + i, 1));
    }
    rig.rest();
    return rig;
  }

  /** Lets news spread and forgets all that happened. */
  void rest() {
    time.pass(MILLISECONDS.toNanos(900));
    transport.sent.clear();
    transport.requests.clear();
    events.clear();
  }

  private void answer(Sent sent) {
    if (sent.message() instanceof Recorder.PingValue ping && !silent.contains(sent.to())) {
      time.schedule(
          MILLISECONDS.toNanos(1), () -> hear(sent.to(), new Ack(ping.seqNo(), Bytes.EMPTY)));
    }
  }

  static Endpoint at(int host) {
    return new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, (byte) host}), 7946);
  }

  static Alive alive(String name, int host, long incarnation) {
    Endpoint at = at(host);
    Bytes meta = TagsCodec.encode(new TreeMap<>());
    return new Alive(incarnation, Bytes.utf8(name), at.address(), at.port(), meta, Swim.VERSIONS);
  }

  void hear(Endpoint from, Message message) {
    deliver(from, message.encode());
  }

  /** Delivers a user message from 10.0.0.2. */
  void hear(SerfMessage message) {
    deliver(at(2), Cluster.userMessage(message.encode()));
  }

  void deliver(Endpoint from, byte[] message) {
    byte[] packet = packets.encode(List.of(message), false).copy();
    cluster.inbound().packet(from, packet, packet.length);
  }

  /** Delivers a push/pull from 10.0.0.2. */
  void exchange(PushPull state) {
    cluster.inbound().stream(at(2), streams.encode(state, true));
  }

  /** Answers a stream request of this node. */
  void reply(int request, PushPull state) {
    transport.requests.get(request).handler().reply(streams.encode(state, false));
  }

  long count(String metric) {
    Map<String, Long> metrics = new HashMap<>();
    cluster.report(metrics);
    return Objects.requireNonNull(metrics.get(metric), metric);
  }

  /** Lets {@code millis} pass and returns the Serf messages of {@code type} sent since the rest. */
  <T extends SerfMessage> List<T> said(Class<T> type, long millis) {
    time.pass(MILLISECONDS.toNanos(millis));
    return said(type);
  }

  /** Returns the Serf messages of {@code type} sent since the last rest. */
  <T extends SerfMessage> List<T> said(Class<T> type) {
    return sent(type).stream().map(sent -> type.cast(decode(sent))).toList();
  }

  /** Returns where and how Serf messages of {@code type} were sent since the last rest. */
  List<Sent> sent(Class<? extends SerfMessage> type) {
    return transport.sent.stream()
        .filter(sent -> sent.message() instanceof Bytes && type.isInstance(decode(sent)))
        .toList();
  }

  private static SerfMessage decode(Sent sent) {
    try {
      Bytes raw = sent.raw();
      return SerfMessage.decode(raw.array(), 1, raw.length() - 1);
    } catch (WireException e) {
      throw new AssertionError("sent what cannot be read", e);
    }
  }

  /** Returns the events of {@code type} since the last rest. */
  <T extends SerfEvent> List<T> heard(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
