package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sending side of a {@link Channel}. Only members with the channel's tag are sent anything, so
 * that stock agents hear nothing they do not understand. Used on the event loop only.
 */
public interface ChannelLink {
  /**
   * Gossips {@code message}, instead of an older one about {@code subject}.
   *
   * @throws SerfException if it is longer than {@link #largest}
   */
  void broadcast(Bytes subject, Bytes message);

  /** Returns the largest message that can be gossiped, in bytes. */
  int largest();

  /**
   * Asks {@code to} by stream; {@code done} gets the answer, later, or nothing if there was none in
   * time.
   */
  void request(Endpoint to, Bytes request, Consumer<Optional<Bytes>> done);

  /** Returns a random alive member that speaks the channel, not this node. */
  Optional<Endpoint> anybody();
}
