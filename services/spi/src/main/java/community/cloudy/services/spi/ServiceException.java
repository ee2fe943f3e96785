package community.cloudy.services.spi;

/** Something that a module could not do, with the reason and a remedy, fit for people. */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;

  /** Why. */
  public enum Code {
    /** What was asked for makes no sense or is not allowed. */
    INVALID,
    /** There is no such thing. */
    NOT_FOUND,
    /** It does not go with what is there. */
    CONFLICT,
    /** A program, file or image that is needed is not on this node. */
    MISSING,
    /** Somebody else does not answer now; it may later. */
    UNAVAILABLE,
    /** It was tried and did not work. */
    FAILED
  }

  /**
   * Makes one.
   *
   * @param message "Could not do this: reason. Remedy."; no secrets in it
   */
  public ServiceException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** Makes one that another failure led to. */
  public ServiceException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns why. */
  public Code code() {
    return code;
  }
}
