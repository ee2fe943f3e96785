package community.cloudy.gossip.serf.swim;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.simulation.VirtualTime;
import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.RecordingTransport;
import community.cloudy.gossip.serf.transport.RecordingTransport.Sent;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Dead;
import community.cloudy.gossip.serf.wire.Message;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.PushPullNode;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.Recorder;
import community.cloudy.gossip.serf.wire.StreamCodec;
import community.cloudy.gossip.serf.wire.Suspect;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One live node named {@code self} at 10.0.0.1 on virtual time. The rest of its community is what
 * the test says; others answer its pings after a millisecond unless they are {@link #silent}.
 */
final class Rig {
  static final Bytes META = Bytes.utf8("meta");

  final VirtualTime time = new VirtualTime();
  final RecordingTransport transport = new RecordingTransport(this::answer);
  final RecordingDelegate delegate = new RecordingDelegate();
  final Counters counters = new Counters();
  final Set<Endpoint> silent = new HashSet<>();
  final Swim swim;
  final StreamCodec streams = new StreamCodec(Optional.empty(), Bytes.EMPTY, false);
  private final PacketCodec packets = new PacketCodec(Optional.empty(), Bytes.EMPTY, false);

  Rig(SwimConfig config) {
    swim =
        new Swim(
            new Swim.Parts(
                config,
                Bytes.utf8("self"),
                at(1),
                new PacketCodec(Optional.empty(), Bytes.EMPTY, false),
                new StreamCodec(Optional.empty(), Bytes.EMPTY, false),
                transport,
                time,
                new Random(1),
                counters),
            delegate);
    swim.start(META);
  }

  /** Creates a node that knows {@code names} as alive at 10.0.0.2 and up, with nothing to say. */
  static Rig with(String... names) {
    Rig rig = new Rig(SwimConfig.of(Profile.LAN));
    for (int i = 0; i < names.length; i++) {
      rig.hear(alive(names[i], 2 + i, 1));
    }
    rig.rest();
    return rig;
  }

  /** Lets news spread and forgets all that happened. */
  void rest() {
    time.pass(MILLISECONDS.toNanos(900));
    transport.sent.clear();
    transport.requests.clear();
    delegate.heard.clear();
  }

  private void answer(Sent sent) {
    if (sent.message() instanceof Recorder.PingValue ping && !silent.contains(sent.to())) {
      time.schedule(
          MILLISECONDS.toNanos(1), () -> hearFrom(sent.to(), new Ack(ping.seqNo(), Bytes.EMPTY)));
    }
  }

  static Endpoint at(int host) {
    return new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, (byte) host}), 7946);
  }

  static Alive alive(String name, int host, long incarnation) {
    return alive(name, host, incarnation, META);
  }

  static Alive alive(String name, int host, long incarnation, Bytes meta) {
    Endpoint at = at(host);
    return new Alive(incarnation, Bytes.utf8(name), at.address(), at.port(), meta, Swim.VERSIONS);
  }

  static Suspect suspect(String name, long incarnation, String from) {
    return new Suspect(incarnation, Bytes.utf8(name), Bytes.utf8(from));
  }

  static Dead dead(String name, long incarnation, String from) {
    return new Dead(incarnation, Bytes.utf8(name), Bytes.utf8(from));
  }

  static PushPullNode entry(String name, int host, long incarnation, State state) {
    return entry(name, host, incarnation, state, Swim.VERSIONS);
  }

  static PushPullNode entry(String name, int host, long incarnation, State state, Bytes vsn) {
    Endpoint at = at(host);
    return new PushPullNode(
        Bytes.utf8(name), at.address(), at.port(), META, incarnation, state, vsn);
  }

  /** Delivers a packet from 10.0.0.2. */
  void hear(Message... messages) {
    hearFrom(at(2), messages);
  }

  void hearFrom(Endpoint from, Message... messages) {
    hearRaw(
        from, packets.encode(Arrays.stream(messages).map(Message::encode).toList(), false).copy());
  }

  void hearRaw(Endpoint from, byte[] packet) {
    swim.inbound().packet(from, packet, packet.length);
  }

  /** Delivers a push/pull from 10.0.0.2. */
  byte[] exchange(PushPullNode... entries) {
    Message state = new PushPull(false, List.of(entries), Bytes.EMPTY);
    return swim.inbound().stream(at(2), streams.encode(state, true));
  }

  Peer peer(String name) {
    return Objects.requireNonNull(swim.find(Bytes.utf8(name)), name);
  }

  State stateOf(String name) {
    return peer(name).state();
  }

  boolean knows(String name) {
    return swim.find(Bytes.utf8(name)) != null;
  }

  long count(Counter counter) {
    return counters.value(counter);
  }

  /** Lets news spread and returns the claims about nodes that were sent, each once. */
  List<Object> news() {
    time.pass(MILLISECONDS.toNanos(900));
    List<Object> news =
        transport.sent.stream()
            .map(Sent::message)
            .filter(m -> m instanceof Alive || m instanceof Suspect || m instanceof Dead)
            .distinct()
            .toList();
    transport.sent.clear();
    return news;
  }

  /** Returns the messages of {@code type} sent since the last rest, with where they went. */
  List<Sent> sent(Class<?> type) {
    return transport.sent.stream().filter(sent -> type.isInstance(sent.message())).toList();
  }
}
