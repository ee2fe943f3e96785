package community.cloudy.containers.apps;

import java.util.List;
import java.util.stream.Collectors;

/** An app, a form or a catalogue that cannot be used; the message says why and what to do. */
public final class AppException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of trouble. */
  public enum Code {
    /** It is written wrongly. */
    INVALID,
    /** There is no such app or catalogue. */
    NOT_FOUND,
    /** Its signature, its content or its age does not hold. */
    UNTRUSTED,
    /** It could not be reached or read. */
    UNAVAILABLE
  }

  private final Code code;
  private final transient List<AppProblem> problems;

  AppException(Code code, String message) {
    super(message);
    this.code = code;
    this.problems = List.of();
  }

  AppException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.problems = List.of();
  }

  AppException(String action, List<AppProblem> problems) {
    super(
        "Could not "
            + action
            + ": "
            + problems.stream().map(AppProblem::toString).collect(Collectors.joining("\n")));
    this.code = Code.INVALID;
    this.problems = List.copyOf(problems);
  }

  /** Returns what kind of trouble. */
  public Code code() {
    return code;
  }

  /** Returns each thing wrong with a file or a form; empty where it is something else. */
  public List<AppProblem> problems() {
    return problems;
  }
}
