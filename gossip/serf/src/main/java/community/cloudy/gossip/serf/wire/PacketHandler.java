package community.cloudy.gossip.serf.wire;

/**
 * Receives the messages of a datagram, in order. {@link Ping}, {@link Ack} and {@link Slice}
 * arguments are only valid during the call.
 */
public interface PacketHandler {
  /** A node asks whether this one is there. */
  void ping(Ping ping);

  /** A node asks this one to ping another. */
  void indirectPing(IndirectPing ping);

  /** A node has answered. */
  void ack(Ack ack);

  /** A node asked to ping another got no answer. */
  void nack(long seqNo);

  /** A node is said not to answer; {@code raw} is the message to pass on, byte for byte. */
  void suspect(Suspect suspect, Slice raw);

  /** A node is said to be there; {@code raw} is the message to pass on, byte for byte. */
  void alive(Alive alive, Slice raw);

  /** A node is said to be gone; {@code raw} is the message to pass on, byte for byte. */
  void dead(Dead dead, Slice raw);

  /** A message for the layer above: {@code payload} is what follows the type byte. */
  void user(Slice payload);

  /** A part of the datagram breaks the rules; other parts were or will be handled. */
  void rejected(WireException fault);
}
