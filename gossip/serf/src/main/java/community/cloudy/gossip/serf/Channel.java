package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;

/**
 * The receiving side of a protocol of the application's own, carried by the packets and streams of
 * gossip beside Serf's messages, under the same encryption and label. Called on the event loop: it
 * must return at once. Whatever arrives is untrusted; without a key anybody may send it.
 */
public interface Channel {
  /** Takes news that {@code from} gossiped. */
  void message(Endpoint from, Bytes message);

  /** Answers a request that came by stream; empty for no answer. */
  Bytes answer(Endpoint from, Bytes request);
}
