package community.cloudy.containers.engine;

/** A request to the engine that could not be carried out; the message says what to do. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;

  /** Why it was not. */
  public enum Code {
    /** No engine answers. */
    UNAVAILABLE,
    /** This process may not use the engine's socket. */
    DENIED,
    /** There is no such container, image, volume, network or path. */
    NOT_FOUND,
    /** What is there is in the way: a name in use, a state that does not allow it. */
    CONFLICT,
    /** The request is wrong. */
    INVALID,
    /** The registry refused, or wants other credentials. */
    REGISTRY,
    /** The engine tried and failed. */
    FAILED,
    /** The caller's thread was interrupted. */
    INTERRUPTED
  }

  /** Creates one; {@code message} is for people. */
  public EngineException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** Creates one with the failure that caused it. */
  public EngineException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns what happened and what to do, for people. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Returns why it was not carried out. */
  public Code code() {
    return code;
  }
}
