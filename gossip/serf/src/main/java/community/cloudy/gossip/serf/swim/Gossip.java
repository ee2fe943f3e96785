package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spreads news in rounds, each to a few random peers (specification A13).
 *
 * <p>Rounds run only while there is news. Fresh news does not wait for the next round: it starts
 * one within a twentieth of the interval, at most four in an interval, and when much waits, each
 * peer gets several packets. Each message is still sent only as often as the transmit limit says,
 * so this costs latency, not traffic.
 */
final class Gossip {
  /** Messages waiting for which a round sends each peer one packet more. */
  private static final int DEEP = 32;

  /** Packets for one peer in a round: more would overflow its receive buffer. */
  private static final int MAX_BURST = 8;

  private final Context context;
  private final Peers peers;
  private final Peer self;
  private final BroadcastQueue queue;
  private final SwimDelegate delegate;
  private final PacketSender sender;
  private Scheduler.@Nullable Timer timer;
  private long due;
  private long lastRound;
  private boolean hurried;
  private boolean stopped;

  Gossip(
      Context context,
      Peers peers,
      Peer self,
      BroadcastQueue queue,
      SwimDelegate delegate,
      PacketSender sender) {
    this.context = context;
    this.peers = peers;
    this.self = self;
    this.queue = queue;
    this.delegate = delegate;
    this.sender = sender;
    lastRound = context.now() - context.config().gossipInterval();
  }

  /** Says that there may be fresh news. */
  void wake() {
    long interval = context.config().gossipInterval();
    long soon = context.now() + interval / 20;
    long wanted = Math.max(soon, lastRound + interval / 4);
    if (timer == null || wanted < due) {
      scheduleAt(wanted);
    }
  }

  private void scheduleAt(long when) {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (!stopped) {
      due = when;
      timer = context.scheduler().schedule(when - context.now(), this::round);
    }
  }

  void hurry() {
    hurried = true;
  }

  void stop() {
    stopped = true;
    scheduleAt(0);
  }

  private void round() {
    timer = null;
    lastRound = context.now();
    if (!hasNews()) {
      return;
    }
    int burst = burst();
    boolean anybody = tell(listeners(), burst);
    if (anybody && timer == null && hasNews()) {
      long interval = context.config().gossipInterval();
      boolean soon = hurried || burst > 1 || queue.hasFresh();
      scheduleAt(lastRound + (soon ? interval / 4 : interval));
    }
  }

  private int burst() {
    int waiting = delegate.waiting() + delegate.waitingForSpeakers();
    return Math.min(MAX_BURST, 1 + waiting / DEEP);
  }

  private boolean hasNews() {
    return !queue.isEmpty() || delegate.waiting() > 0 || delegate.waitingForSpeakers() > 0;
  }

  /** Picks whom to tell; as many of them as usual may have the news that not everybody may. */
  private List<Peer> listeners() {
    int count = context.config().gossipNodes();
    List<Peer> picked = peers.pick(count, this::listens);
    if (delegate.waitingForSpeakers() == 0) {
      return picked;
    }
    int speakers = (int) picked.stream().filter(delegate::speaks).count();
    List<Peer> more =
        peers.pick(
            count - speakers,
            peer -> delegate.speaks(peer) && listens(peer) && !picked.contains(peer));
    if (speakers + more.size() == 0) {
      delegate.noSpeakers();
    }
    picked.addAll(more);
    return picked;
  }

  private boolean tell(List<Peer> listeners, int burst) {
    for (Peer peer : listeners) {
      for (int i = 0; i < burst && sender.sendNews(peer); i++) {
        context.counters().add(Counter.GOSSIP_PACKETS);
      }
    }
    return !listeners.isEmpty();
  }

  private boolean listens(Peer peer) {
    return peer != self
        && (peer.isPresent()
            || (peer.state == State.DEAD
                && context.now() - peer.since < context.config().gossipToTheDead()));
  }
}
