package community.cloudy.auth;

/** Something this module could not do; the message says what, why and what to do about it. */
public final class AuthException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;

  /** What kind of failure it is. */
  public enum Code {
    /** The caller asked for something that is not right, such as a password that is too short. */
    INVALID,
    /** There is no such user, or no such token. */
    NOT_FOUND,
    /** The name is taken. */
    EXISTS,
    /** The caller may not have this, or nobody may. */
    REFUSED,
    /** There are as many as there may be. */
    FULL,
    /** Too many passwords are being checked; try again in some seconds. */
    BUSY,
    /** A file cannot be read or written. */
    STORAGE
  }

  AuthException(Code code, String message) {
    super(message);
    this.code = code;
  }

  AuthException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns the kind of failure. */
  public Code code() {
    return code;
  }
}
