package community.cloudy.gossip.discovery;

/** A request to {@link Discovery} that could not be carried out; the message says what to do. */
public final class DiscoveryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;

  /** Why a request was refused. */
  public enum Code {
    /** The caller's arguments are wrong. */
    INVALID,
    /** There is no such service or claim. */
    UNKNOWN,
    /** There is one already. */
    EXISTS,
    /** There is no room for more. */
    FULL,
    /** A file could not be read or written. */
    STORAGE
  }

  /** Creates one; {@code message} is for people. */
  public DiscoveryException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** Creates one with the failure that caused it. */
  public DiscoveryException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns why the request was refused. */
  public Code code() {
    return code;
  }
}
