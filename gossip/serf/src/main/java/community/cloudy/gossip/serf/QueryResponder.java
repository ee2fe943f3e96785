package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.wire.Bytes;

/** Answers a query. On Serf's event loop or any other thread. */
@FunctionalInterface
public interface QueryResponder {
  /**
   * Sends the one answer of this node, best effort.
   *
   * @throws SerfException if it was answered before, its time is over, or the answer is longer than
   *     1,024 bytes encoded
   */
  void respond(Bytes payload);
}
