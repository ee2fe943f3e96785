package community.cloudy.gossip.serf;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import community.cloudy.gossip.serf.SerfException.Code;
import community.cloudy.gossip.serf.cluster.Clocks;
import community.cloudy.gossip.serf.cluster.Cluster;
import community.cloudy.gossip.serf.snapshot.Snapshot;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Keeps a snapshot of who is alive, so that a node finds its community again after a crash. */
final class Memory implements AutoCloseable {
  private static final long CLOCK_INTERVAL = MILLISECONDS.toNanos(500);

  private final Snapshot snapshot;
  private final Bytes self;

  private Memory(Snapshot snapshot, Bytes self) {
    this.snapshot = snapshot;
    this.self = self;
  }

  static Memory open(Path file, Bytes self) {
    try {
      return new Memory(Snapshot.open(file, Snapshot.MIN_COMPACT_BYTES, false), self);
    } catch (IOException e) {
      throw new SerfException(
          Code.STORAGE,
          "Could not open the snapshot "
              + file
              + ": "
              + e.getMessage()
              + ". Make it a file this user can read and write.",
          e);
    }
  }

  Clocks.Times clocks() {
    Snapshot.Previous previous = snapshot.previous();
    return new Clocks.Times(previous.clock(), previous.eventClock(), previous.queryClock());
  }

  /** Returns where the members alive before the restart were, this node left out. */
  List<Endpoint> previous() {
    return snapshot.previous().members().stream()
        .filter(peer -> !peer.name().equals(self))
        .map(Snapshot.Peer::endpoint)
        .toList();
  }

  /** Records the clocks from now on; on the event loop. */
  void watch(Scheduler scheduler, Cluster cluster) {
    Clocks.Times times = cluster.times();
    snapshot.clocks(times.members(), times.events(), times.queries());
    scheduler.schedule(CLOCK_INTERVAL, () -> watch(scheduler, cluster));
  }

  void record(SerfEvent event) {
    if (event instanceof SerfEvent.MemberEvent change) {
      Bytes name = Bytes.utf8(change.member().name());
      switch (change.member().status()) {
        case ALIVE -> snapshot.alive(name, change.member().endpoint());
        case FAILED, LEFT -> snapshot.notAlive(name);
        case LEAVING -> {}
      }
    }
  }

  /** Forgets everybody: this node leaves for good. */
  void leave() {
    snapshot.leave();
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
