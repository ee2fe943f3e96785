package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Dead;
import community.cloudy.gossip.serf.wire.PushPullNode;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.Slice;
import community.cloudy.gossip.serf.wire.Suspect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to believe of whom: memberlist's rules for alive, suspect, dead and left, row by row
 * (specification A15).
 */
final class Membership {
  /**
   * How far an incarnation may run ahead of what is known. A node raises it once a change or
   * accusation; a leap is an attempt to leave it no number to refute with.
   */
  private static final long MAX_JUMP = 1 << 20;

  /** Incarnations travel in 32 bits; a node driven to the last one stays there. */
  private static final long LAST_INCARNATION = 0xffff_ffffL;

  private final Context context;
  private final Peers peers;
  private final Peer self;
  private final BroadcastQueue queue;
  private final SwimDelegate delegate;
  private final LastWord lastWord;
  private boolean leaving;

  Membership(
      Context context,
      Peers peers,
      Peer self,
      BroadcastQueue queue,
      SwimDelegate delegate,
      LastWord lastWord) {
    this.context = context;
    this.peers = peers;
    this.self = self;
    this.queue = queue;
    this.delegate = delegate;
    this.lastWord = lastWord;
  }

  /** Applies an alive message; {@code raw} is what to pass on, or null to encode it. */
  void alive(Alive alive, @Nullable Slice raw) {
    Peer peer = peers.find(alive.node());
    if (peer == self) {
      aliveSelf(alive);
      return;
    }
    if (!self.understands(alive.vsn())) {
      context.counters().add(Counter.REJECTED_VERSION);
      return;
    }
    if (alive.incarnation() == 0) {
      context.counters().add(Counter.REJECTED_JUMP);
      return;
    }
    boolean moved = false;
    if (peer != null) {
      moved = moved(peer, alive);
      if (moved && peer.state != State.LEFT) {
        conflict(peer, alive);
        return;
      }
      if (!moved && alive.incarnation() <= peer.incarnation) {
        return;
      }
    }
    if (leaps(peer, alive.incarnation())) {
      return;
    }
    if (peer == null) {
      if (peers.isFull()) {
        context.counters().add(Counter.REJECTED_FULL);
        return;
      }
      Endpoint endpoint = new Endpoint(alive.address(), alive.port());
      peer = new Peer(alive.node(), endpoint, alive.vsn(), context.now());
      peers.add(peer);
    }
    accept(peer, alive, moved);
    queue.replace(peer.name(), raw == null ? alive.encode() : raw.copy(), null);
  }

  private void accept(Peer peer, Alive alive, boolean moved) {
    boolean back = !peer.isPresent();
    boolean changed = moved || !peer.meta.equals(alive.meta());
    cancelSuspicion(peer);
    peer.incarnation = alive.incarnation();
    peer.meta = alive.meta();
    peer.versions = alive.vsn();
    if (moved) {
      peer.endpoint = new Endpoint(alive.address(), alive.port());
    }
    become(peer, State.ALIVE);
    if (back) {
      delegate.joined(peer);
    } else if (changed) {
      delegate.updated(peer);
    }
  }

  private void aliveSelf(Alive alive) {
    if (leaving) {
      return;
    }
    if (moved(self, alive)) {
      conflict(self, alive);
      return;
    }
    boolean same =
        alive.incarnation() == self.incarnation
            && alive.meta().equals(self.meta)
            && alive.vsn().equals(self.versions);
    if (alive.incarnation() >= self.incarnation && !same) {
      refute(alive.incarnation());
    }
  }

  private static boolean moved(Peer peer, Alive alive) {
    return alive.port() != peer.endpoint.port() || !alive.address().equals(peer.endpoint.address());
  }

  private void conflict(Peer peer, Alive alive) {
    context.counters().add(Counter.CONFLICTS);
    delegate.conflict(peer, new Endpoint(alive.address(), alive.port()));
  }

  private boolean leaps(@Nullable Peer peer, long incarnation) {
    boolean leaps = incarnation - (peer == null ? 0 : peer.incarnation) > MAX_JUMP;
    if (leaps) {
      context.counters().add(Counter.REJECTED_JUMP);
    }
    return leaps;
  }

  /**
   * Applies a suspect message; {@code raw} is what to pass on, or null to encode it.
   *
   * @return whether it turned a peer from alive to suspect
   */
  boolean suspect(Suspect suspect, @Nullable Slice raw) {
    Peer peer = peers.find(suspect.node());
    if (peer == null
        || suspect.incarnation() < peer.incarnation
        || leaps(peer, suspect.incarnation())) {
      return false;
    }
    Suspicion running = peer.suspicion;
    if (running != null) {
      if (running.confirm(suspect.from())) {
        queue.replace(peer.name(), raw == null ? suspect.encode() : raw.copy(), null);
      }
      return false;
    }
    if (peer.state != State.ALIVE) {
      return false;
    }
    if (peer == self) {
      refute(suspect.incarnation());
      return false;
    }
    queue.replace(peer.name(), raw == null ? suspect.encode() : raw.copy(), null);
    peer.incarnation = suspect.incarnation();
    become(peer, State.SUSPECT);
    peer.suspicion = suspicionOf(peer, suspect.from());
    return true;
  }

  private Suspicion suspicionOf(Peer peer, Bytes accuser) {
    SwimConfig config = context.config();
    int members = peers.size();
    int wanted = config.suspicionMult() - 2;
    if (members - 2 < wanted) {
      wanted = 0;
    }
    long min = Suspicion.shortest(config.suspicionMult(), members, config.probeInterval());
    return new Suspicion(
        context.scheduler(),
        accuser,
        wanted,
        min,
        min * config.suspicionMaxMult(),
        config.probeTimeout(),
        () -> lastWord.ask(peer, () -> declareDead(peer), () -> suspectAnew(peer)));
  }

  private void declareDead(Peer peer) {
    context.counters().add(Counter.DEATHS);
    dead(new Dead(peer.incarnation, peer.name(), self.name()), null);
  }

  private void suspectAnew(Peer peer) {
    cancelSuspicion(peer);
    peer.suspicion = suspicionOf(peer, self.name());
  }

  /** Applies a dead message; {@code raw} is what to pass on, or null to encode it. */
  void dead(Dead dead, @Nullable Slice raw) {
    Peer peer = peers.find(dead.node());
    if (peer == null || dead.incarnation() < peer.incarnation || !peer.isPresent()) {
      return;
    }
    if (leaps(peer, dead.incarnation())) {
      return;
    }
    if (peer == self && !leaving) {
      refute(dead.incarnation());
      return;
    }
    cancelSuspicion(peer);
    queue.replace(peer.name(), raw == null ? dead.encode() : raw.copy(), null);
    peer.incarnation = dead.incarnation();
    become(peer, dead.node().equals(dead.from()) ? State.LEFT : State.DEAD);
    delegate.left(peer);
  }

  /** Applies one entry of a peer's push/pull. */
  void merge(PushPullNode node, int defaultPort) {
    switch (node.state()) {
      case ALIVE ->
          alive(
              new Alive(
                  node.incarnation(),
                  node.name(),
                  node.address(),
                  node.port() == 0 ? defaultPort : node.port(),
                  node.meta(),
                  node.vsn()),
              null);
      case LEFT -> dead(new Dead(node.incarnation(), node.name(), node.name()), null);
      case SUSPECT, DEAD ->
          suspect(new Suspect(node.incarnation(), node.name(), self.name()), null);
    }
  }

  private void refute(long accused) {
    if (leaps(self, accused)) {
      return;
    }
    context.counters().add(Counter.REFUTATIONS);
    context.awareness().add(1);
    raise(Math.max(self.incarnation, accused));
    announceSelf(null);
  }

  private void raise(long above) {
    self.incarnation = Math.min(above + 1, LAST_INCARNATION);
  }

  /** Makes this node known, with {@code meta}. */
  void start(Bytes meta) {
    self.meta = meta;
    self.incarnation = 1;
    peers.add(self);
    become(self, State.ALIVE);
    delegate.joined(self);
    announceSelf(null);
  }

  /** Changes this node's meta; {@code done} runs once that has been gossiped often enough. */
  void update(Bytes meta, Runnable done) {
    self.meta = meta;
    raise(self.incarnation);
    delegate.updated(self);
    announceSelf(done);
  }

  private void announceSelf(@Nullable Runnable done) {
    Alive alive =
        new Alive(
            self.incarnation,
            self.name(),
            self.endpoint.address(),
            self.endpoint.port(),
            self.meta,
            self.versions);
    queue.replace(self.name(), alive.encode(), done);
  }

  /**
   * Tells all that this node leaves; {@code done} runs once that has been gossiped often enough.
   */
  void leave(Runnable done) {
    if (leaving) {
      done.run();
      return;
    }
    leaving = true;
    Dead farewell = new Dead(self.incarnation, self.name(), self.name());
    become(self, State.LEFT);
    delegate.left(self);
    queue.replace(self.name(), farewell.encode(), done);
  }

  private void become(Peer peer, State state) {
    if (peer.state != state) {
      peers.countPresent(peer.state, state);
      peer.state = state;
      peer.since = context.now();
    }
  }

  private static void cancelSuspicion(Peer peer) {
    if (peer.suspicion != null) {
      peer.suspicion.cancel();
      peer.suspicion = null;
    }
  }

  /** Returns this node's whole view, for a push/pull. */
  List<PushPullNode> entries() {
    return peers.all().stream()
        .map(
            peer ->
                new PushPullNode(
                    peer.name(),
                    peer.endpoint.address(),
                    peer.endpoint.port(),
                    peer.meta,
                    peer.incarnation,
                    peer.state,
                    peer.versions))
        .toList();
  }
}
