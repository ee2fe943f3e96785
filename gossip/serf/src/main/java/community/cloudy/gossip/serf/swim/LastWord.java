package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.Suspect;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a suspect the last word before this node declares it dead.
 *
 * <p>An epidemic of 16 copies misses one node in a million: such a node has heard the accusation
 * but not the refutation, and in memberlist it alone kills the suspect for all. So a few pings go
 * out first, with the accusation. Who answers is not dead; its state is fetched, which holds its
 * refutation. In a large community the askers are spread over a few seconds: the first to get no
 * answer tells all others.
 */
final class LastWord {
  private static final int PINGS = 5;

  private final Context context;
  private final Peers peers;
  private final Peer self;
  private final Pings pings;
  private final PacketSender sender;
  private final Relays relays;
  private final Consumer<Peer> exchange;

  LastWord(
      Context context,
      Peers peers,
      Peer self,
      Pings pings,
      PacketSender sender,
      Relays relays,
      Consumer<Peer> exchange) {
    this.context = context;
    this.peers = peers;
    this.self = self;
    this.pings = pings;
    this.sender = sender;
    this.relays = relays;
    this.exchange = exchange;
  }

  /** Asks {@code peer}, still a suspect; exactly one of the outcomes runs unless it refutes. */
  void ask(Peer peer, Runnable silent, Runnable answered) {
    double spread = Math.log10(Math.max(1, peers.size() / 10.0));
    long within = (long) (spread * context.config().probeInterval());
    long delay = within == 0 ? 0 : context.random().nextLong(within);
    context.scheduler().schedule(delay, () -> new Question(peer, silent, answered).ping());
  }

  private final class Question {
    private final Peer peer;
    private final Runnable silent;
    private final Runnable answered;
    private final long seqNo = pings.nextSeqNo();
    private final long incarnation;
    private int sent;
    private Scheduler.@Nullable Timer timer;

    Question(Peer peer, Runnable silent, Runnable answered) {
      this.peer = peer;
      this.silent = silent;
      this.answered = answered;
      incarnation = peer.incarnation;
    }

    private boolean isMoot() {
      return peer.state != State.SUSPECT || peer.incarnation != incarnation;
    }

    void ping() {
      if (isMoot()) {
        relays.forget(seqNo);
      } else if (sent == PINGS) {
        relays.forget(seqNo);
        silent.run();
      } else {
        if (sent == 0) {
          relays.expect(seqNo, this::heard);
        }
        sent++;
        Suspect accusation = new Suspect(incarnation, peer.name(), self.name());
        sender.sendPair(peer, pings.ping(seqNo, peer.name()), accusation.encode());
        long gap = context.config().probeTimeout() / PINGS;
        timer = context.scheduler().schedule(gap, this::ping);
      }
    }

    private void heard() {
      if (timer != null) {
        timer.cancel();
      }
      if (!isMoot()) {
        context.counters().add(Counter.DEATHS_AVERTED);
        answered.run();
        exchange.accept(peer);
      }
    }
  }
}
