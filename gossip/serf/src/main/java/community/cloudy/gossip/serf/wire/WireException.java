package community.cloudy.gossip.serf.wire;

/**
 * A peer's fault: bytes that do not follow the protocol or exceed a limit. The message says what
 * was wrong. It has no stack trace, so that hostile traffic is cheap to refuse.
 */
public class WireException extends Exception {
  private static final long serialVersionUID = 1;

  private final String fault;

  /** Creates one; {@code message} is for people and holds no bytes of the peer. */
  public WireException(String message) {
    super(message, null, false, false);
    fault = message;
  }

  /** Returns what was wrong; unlike other exceptions', it is never null. */
  @Override
  public String getMessage() {
    return fault;
  }
}
