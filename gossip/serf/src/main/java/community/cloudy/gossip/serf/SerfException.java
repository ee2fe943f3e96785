package community.cloudy.gossip.serf;

/** A request to {@link Serf} that could not be carried out; the message says why and what to do. */
public final class SerfException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;

  /** Why a request was refused. */
  public enum Code {
    /** The caller's arguments are wrong. */
    INVALID,
    /** The address or port cannot be used. */
    BIND,
    /** No address given to join could be reached. */
    UNREACHABLE,
    /** The node has left or is closed. */
    CLOSED,
    /** A file could not be read or written. */
    STORAGE,
    /** It took too long. */
    TIMEOUT,
    /** There is too much to do already. */
    BUSY
  }

  /** Creates one; {@code message} is for people. */
  public SerfException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** Creates one with the failure that caused it. */
  public SerfException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns why the request was refused. */
  public Code code() {
    return code;
  }
}
