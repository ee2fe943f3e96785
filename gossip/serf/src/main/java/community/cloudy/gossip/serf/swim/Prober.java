package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.IndirectPing;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.Slice;
import community.cloudy.gossip.serf.wire.Suspect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one peer after another whether it is alive: directly, then through others and by TCP
 * (specification A11).
 */
final class Prober {
  private static final int TCP_PING_PROTOCOL = 3;
  private static final int NACK_PROTOCOL = 4;

  /** Of a whole community, this many members probe at once what one of them accuses. */
  private static final double WITNESSES = 4;

  private static final int MAX_PROBES = 4;

  private final Context context;
  private final Peers peers;
  private final Peer self;
  private final Membership membership;
  private final Pings pings;
  private final PacketSender sender;
  private final StreamPing streamPing;
  private final SwimDelegate delegate;
  private final Map<Long, Probe> probes = new HashMap<>();
  private boolean stopped;

  /** Pings by TCP. */
  interface StreamPing {
    void ping(Peer peer, long seqNo, long timeout, Runnable answered);
  }

  Prober(
      Context context,
      Peers peers,
      Peer self,
      Membership membership,
      Pings pings,
      PacketSender sender,
      StreamPing streamPing,
      SwimDelegate delegate) {
    this.context = context;
    this.peers = peers;
    this.self = self;
    this.membership = membership;
    this.pings = pings;
    this.sender = sender;
    this.streamPing = streamPing;
    this.delegate = delegate;
  }

  void start() {
    long interval = context.config().probeInterval();
    context.scheduler().schedule(context.random().nextLong(interval), this::tick);
  }

  void stop() {
    stopped = true;
    probes.values().forEach(Probe::cancel);
    probes.clear();
  }

  private void tick() {
    if (stopped) {
      return;
    }
    context.scheduler().schedule(context.config().probeInterval(), this::tick);
    if (probes.isEmpty()) {
      Peer peer = peers.nextToProbe(p -> p != self && p.isPresent(), this::expired);
      if (peer != null) {
        probe(peer);
      }
    }
  }

  private boolean expired(Peer peer) {
    return !peer.isPresent() && context.now() - peer.since > context.config().gossipToTheDead();
  }

  /**
   * Probes a peer that somebody else just accused, so that it learns of it at once and either
   * refutes or is confirmed. A few random members do so, whatever the size of the community.
   */
  void witness(Bytes name) {
    Peer peer = peers.find(name);
    if (peer != null
        && peer != self
        && peer.state == State.SUSPECT
        && probes.size() < MAX_PROBES
        && probes.values().stream().noneMatch(probe -> probe.peer == peer)
        && context.random().nextDouble() < WITNESSES / peers.present()) {
      probe(peer);
    }
  }

  private void probe(Peer peer) {
    context.counters().add(Counter.PROBES);
    Probe probe = new Probe(peer, pings.nextSeqNo());
    probes.put(probe.seqNo, probe);
    probe.ping();
  }

  /** Takes an ack; tells whether it answers a probe. */
  boolean ack(long seqNo, Slice payload) {
    Probe probe = probes.remove(seqNo);
    if (probe == null) {
      return false;
    }
    probe.cancel();
    context.awareness().add(-1);
    if (probe.sent == 1 && !probe.indirect) {
      delegate.answered(probe.peer, context.now() - probe.start, payload);
    }
    return true;
  }

  /** Takes a nack: a member we asked is alive but had no answer either. */
  void nack(long seqNo) {
    Probe probe = probes.get(seqNo);
    if (probe != null) {
      probe.nacks++;
    }
  }

  /** One question to one peer, from the first ping to the verdict. */
  private final class Probe {
    private final Peer peer;
    private final long seqNo;
    private final long start = context.now();
    private int sent;
    private boolean indirect;
    private int expectedNacks;
    private int nacks;
    private long due;
    private Scheduler.@Nullable Timer timer;

    Probe(Peer peer, long seqNo) {
      this.peer = peer;
      this.seqNo = seqNo;
    }

    void cancel() {
      if (timer != null) {
        timer.cancel();
      }
    }

    private void after(long nanos, Runnable task) {
      due = context.now() + nanos;
      timer = context.scheduler().schedule(nanos, task);
    }

    private boolean late() {
      boolean late = context.now() - due > context.config().probeTimeout();
      if (late) {
        context.counters().add(Counter.STALLS);
      }
      return late;
    }

    void ping() {
      byte[] message = pings.ping(seqNo, peer.name());
      if (peer.state == State.SUSPECT) {
        Suspect accusation = new Suspect(peer.incarnation, peer.name(), self.name());
        sender.sendPair(peer, message, accusation.encode());
      } else {
        sender.sendWithNews(peer, message);
      }
      sent++;
      int repeats = context.config().directPings();
      long wait = context.config().probeTimeout() / repeats;
      after(wait, sent < repeats ? this::ping : this::askOthers);
    }

    private void askOthers() {
      boolean stalled = late();
      indirect = true;
      long now = context.now();
      long patience = context.awareness().scale(context.config().probeInterval());
      long left = stalled ? patience : Math.max(0, start + patience - now);
      after(left, this::giveVerdict);
      List<Peer> helpers =
          peers.pick(
              context.config().indirectChecks(),
              p -> p != self && p != peer && p.state == State.ALIVE);
      for (Peer helper : helpers) {
        boolean nack = helper.protocolMax() >= NACK_PROTOCOL;
        expectedNacks += nack ? 1 : 0;
        sender.sendTo(helper, indirectPing(nack));
      }
      if (context.config().tcpFallback() && peer.protocolMax() >= TCP_PING_PROTOCOL) {
        streamPing.ping(peer, seqNo, left, this::answeredByTcp);
      }
    }

    private byte[] indirectPing(boolean nack) {
      Endpoint target = peer.endpoint;
      return new IndirectPing(
              seqNo,
              target.address(),
              target.port(),
              peer.name(),
              nack,
              self.endpoint.address(),
              self.endpoint.port(),
              self.name())
          .encode();
    }

    private void answeredByTcp() {
      if (probes.remove(seqNo, this)) {
        cancel();
        context.counters().add(Counter.PROBES_BY_TCP);
        context.awareness().add(-1);
      }
    }

    private void giveVerdict() {
      probes.remove(seqNo);
      context.counters().add(Counter.PROBES_FAILED);
      if (late()) {
        context.awareness().add(1);
        return;
      }
      context.awareness().add(expectedNacks > 0 ? Math.max(0, expectedNacks - nacks) : 1);
      if (peer.isPresent()) {
        context.counters().add(Counter.SUSPICIONS);
        membership.suspect(new Suspect(peer.incarnation, peer.name(), self.name()), null);
      }
    }
  }
}
