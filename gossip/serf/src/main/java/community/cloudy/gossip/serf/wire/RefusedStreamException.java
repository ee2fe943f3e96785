package community.cloudy.gossip.serf.wire;

/**
 * A stream message encrypted for a node without a key, or plain for a node with one. A server tells
 * its peer so with {@link #reply} before closing (specification A7).
 */
public final class RefusedStreamException extends WireException {
  private static final long serialVersionUID = 1;

  /** Creates one; {@code message} is the text peers expect. */
  RefusedStreamException(String message) {
    super(message);
  }

  /** Returns the answer to encode with {@link StreamCodec#encode}. */
  public ErrorReply reply() {
    return new ErrorReply(Bytes.utf8(getMessage()));
  }
}
