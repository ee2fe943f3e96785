package community.cloudy.containers.stacks;

/** A request to {@link Stacks} that could not be carried out; the message says what to do. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;

  /** Why it was not. */
  public enum Code {
    /** The request is wrong. */
    INVALID,
    /** There is no such stack or version. */
    NOT_FOUND,
    /** There is one of that name already. */
    EXISTS,
    /** The stack is not as the caller thought, or something else is being done to it. */
    CONFLICT,
    /** Compose or the engine tried and failed. */
    FAILED,
    /** There is no Compose here. */
    UNAVAILABLE,
    /** A file could not be read or written. */
    STORAGE
  }

  /** Creates one; {@code message} is for people. */
  public StackException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** Creates one with the failure that caused it. */
  public StackException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns why it was not carried out. */
  public Code code() {
    return code;
  }
}
