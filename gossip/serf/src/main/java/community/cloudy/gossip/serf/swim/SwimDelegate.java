package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Slice;
import java.util.List;

/** The application above SWIM: hears of changes and gives what travels along. On the event loop. */
public interface SwimDelegate {
  /** A peer is alive that was unknown, dead or had left. */
  void joined(Peer peer);

  /** A peer is dead or has left. */
  void left(Peer peer);

  /** An alive peer's meta or address changed. */
  void updated(Peer peer);

  /** Somebody else claims {@code existing}'s name with another address. */
  void conflict(Peer existing, Endpoint claimed);

  /** A user message arrived; {@code payload} is only valid during the call. */
  void message(Endpoint from, Slice payload);

  /** {@code name}, who is not taken for alive, pinged from {@code from}. */
  void pinged(Bytes name, Endpoint from);

  /** Returns the answer to a user message that came by stream; empty for none. */
  Bytes answer(Endpoint from, Bytes request);

  /**
   * Adds application broadcasts to a packet, each with its {@code user} type byte.
   *
   * @param to who gets the packet
   * @param overhead bytes each costs beside its own
   * @param limit bytes left
   */
  void takeBroadcasts(Peer to, int overhead, int limit, List<byte[]> packet);

  /** Returns how many application broadcasts wait that any peer may have. */
  int waiting();

  /** Returns how many application broadcasts wait that only some peers may have. */
  int waitingForSpeakers();

  /** Tells whether {@code peer} may have those. */
  boolean speaks(Peer peer);

  /** Says that there is no peer that may have those. */
  void noSpeakers();

  /** Returns the state for a push/pull; empty for none. */
  Bytes localState(boolean join);

  /** Merges a peer's state from a push/pull. */
  void mergeState(Bytes state, boolean join);

  /** Returns what acks carry. */
  Bytes ackPayload();

  /** A direct probe was answered in time. */
  void answered(Peer peer, long rttNanos, Slice payload);
}
