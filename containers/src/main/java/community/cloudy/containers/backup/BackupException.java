package community.cloudy.containers.backup;

/** A backup that could not be made, read or restored; the message says why and what to do. */
public final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of trouble. */
  public enum Code {
    /** What was asked makes no sense. */
    INVALID,
    /** There is no such stack or backup. */
    NOT_FOUND,
    /** What is there is in the way. */
    CONFLICT,
    /** The archive is not what was written. */
    DAMAGED,
    /** The disk is too full. */
    NO_ROOM,
    /** The disk or the engine failed. */
    FAILED
  }

  private final Code code;

  BackupException(Code code, String message) {
    super(message);
    this.code = code;
  }

  BackupException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns what kind of trouble. */
  public Code code() {
    return code;
  }
}
