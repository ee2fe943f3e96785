package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import org.jspecify.annotations.Nullable;

/**
 * What SWIM knows of one node, this one included. Read by others, changed by {@link Membership}.
 */
public final class Peer {
  private final Bytes name;
  Endpoint endpoint;
  Bytes meta = Bytes.EMPTY;
  Bytes versions;
  long incarnation;
  State state = State.DEAD;

  /** When {@link #state} last changed, on the scheduler's clock. */
  long since;

  @Nullable Suspicion suspicion;

  Peer(Bytes name, Endpoint endpoint, Bytes versions, long now) {
    this.name = name;
    this.endpoint = endpoint;
    this.versions = versions;
    this.since = now;
  }

  /** Returns the node's name. */
  public Bytes name() {
    return name;
  }

  /** Returns where the node gossips. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Returns the application's bytes: Serf's tags. */
  public Bytes meta() {
    return meta;
  }

  /** Returns the six version bytes: protocol min, max, current, delegate min, max, current. */
  public Bytes versions() {
    return versions;
  }

  /** Returns what is believed of the node. */
  public State state() {
    return state;
  }

  /** Tells whether probes and gossip treat the node as there. */
  boolean isPresent() {
    return isPresent(state);
  }

  static boolean isPresent(State state) {
    return state == State.ALIVE || state == State.SUSPECT;
  }

  /** Returns the highest memberlist protocol the node understands. */
  int protocolMax() {
    return versions.at(1) & 0xff;
  }

  /**
   * Tells whether another node's versions are sound and overlap with this one's. memberlist checks
   * them only in push/pulls and refuses the whole exchange over one bad entry, so that one forged
   * node stops all exchanges; we refuse the entry, and do not let it in by packet either.
   */
  boolean understands(Bytes others) {
    return speaks(others, 0) && speaks(others, 3);
  }

  private boolean speaks(Bytes others, int at) {
    int min = others.at(at) & 0xff;
    int max = others.at(at + 1) & 0xff;
    int current = others.at(at + 2) & 0xff;
    return min <= current
        && current <= max
        && current >= versions.at(at)
        && current <= versions.at(at + 1);
  }
}
