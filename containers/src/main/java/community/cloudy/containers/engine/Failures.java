package community.cloudy.containers.engine;

import com.github.dockerjava.api.exception.DockerException;
import community.cloudy.containers.engine.EngineException.Code;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in this room's words what went wrong in docker-java's. */
final class Failures {
  private static final int MAX_MESSAGE = 500;

  /** How docker-java wraps what the engine said. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "\\{\\s*\"message\"\\s*:\\s*\"(?<text>(?:[^\"\\\\]|\\\\.)*+)\"", Pattern.DOTALL);

  private Failures() {}

  /**
   * Returns what to throw.
   *
   * @param action what could not be done: {@code start the container web}
   */
  static EngineException of(String action, Throwable failure) {
    if (failure instanceof EngineException known) {
      return known;
    }
    if (failure instanceof DockerException answer) {
      String reason = said(String.valueOf(answer.getMessage()));
      return refused(action, answer.getHttpStatus(), reason, failure);
    }
    return unreachable(action, failure);
  }

  private static EngineException refused(
      String action, int status, String reason, Throwable failure) {
    Code code =
        switch (status) {
          case 400 -> Code.INVALID;
          case 401, 403 -> Code.REGISTRY;
          case 404 -> Code.NOT_FOUND;
          case 409 -> Code.CONFLICT;
          default -> isInTheWay(reason) ? Code.CONFLICT : Code.FAILED;
        };
    return new EngineException(code, sentence(action, reason, remedy(code, reason)), failure);
  }

  /** Returns what the engine says in general as what it says of a registry. */
  static EngineException registry(String action, EngineException failure) {
    String said = failure.getMessage();
    String known = "Could not " + action + ": ";
    return registry(action, said.startsWith(known) ? said.substring(known.length()) : said);
  }

  /** Returns the failure of a registry that the engine tells of. */
  static EngineException registry(String action, String said) {
    String reason = Words.clean(said, MAX_MESSAGE);
    Code code = isMissing(reason) ? Code.NOT_FOUND : Code.REGISTRY;
    return new EngineException(code, sentence(action, reason, remedy(code, reason)));
  }

  private static EngineException unreachable(String action, Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
      root = root.getCause();
    }
    if (root instanceof InterruptedException || root instanceof ClosedByInterruptException) {
      return new EngineException(
          Code.INTERRUPTED, sentence(action, "it was interrupted", ""), failure);
    }
    String said = String.valueOf(root.getMessage());
    boolean denied = said.contains("Permission denied");
    return denied
        ? new EngineException(Code.DENIED, sentence(action, Reason.DENIED), failure)
        : new EngineException(
            Code.UNAVAILABLE,
            sentence(action, root instanceof TimeoutException ? Reason.SILENT : gone(said)),
            failure);
  }

  private static Reason gone(String said) {
    return new Reason("the engine does not answer (" + Words.clean(said, 200) + ")", Reason.START);
  }

  /**
   * Why the engine cannot be used, and what to do.
   *
   * @param reason a part of a sentence
   * @param remedy a sentence
   */
  record Reason(String reason, String remedy) {
    private static final String START = "Start it, such as with: systemctl start docker.";
    static final Reason ABSENT =
        new Reason(
            "there is no engine",
            "Install one, such as with: apt install docker.io, or set containers.engine.");
    static final Reason DENIED =
        new Reason(
            "the engine's socket is not for this user",
            "Add the agent's user to the socket's group, such as with: adduser cloudy docker, and"
                + " restart the agent.");
    static final Reason SILENT =
        new Reason("the engine has not answered in time", "See its log, and restart it.");
  }

  static String sentence(String action, Reason reason) {
    return sentence(action, reason.reason, reason.remedy);
  }

  private static String sentence(String action, String reason, String remedy) {
    String end = reason.endsWith(".") ? "" : ".";
    return "Could not " + action + ": " + reason + end + (remedy.isEmpty() ? "" : " " + remedy);
  }

  private static boolean isInTheWay(String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    return text.contains("already allocated")
        || text.contains("address already in use")
        || text.contains("is in use")
        || text.contains("has active endpoints");
  }

  private static boolean isMissing(String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    return text.contains("not found") || text.contains("manifest unknown");
  }

  private static String remedy(Code code, String reason) {
    return switch (code) {
      case CONFLICT ->
          reason.contains("allocated") || reason.contains("address already in use")
              ? "Choose another port, or stop what uses it."
              : "";
      case REGISTRY ->
          reason.contains("no such host") || reason.contains("connect")
              ? "See that the registry can be reached from this node."
              : "See that the registry lets this node in: containers.registry_credentials_file.";
      default -> "";
    };
  }

  private static String said(String message) {
    Matcher json = MESSAGE.matcher(message);
    String text = json.find() ? unescape(json.group("text")) : message;
    return Words.clean(text, MAX_MESSAGE);
  }

  private static String unescape(String json) {
    return json.replaceAll("\\\\[nrt]", " ").replaceAll("\\\\(.)", "$1");
  }
}
