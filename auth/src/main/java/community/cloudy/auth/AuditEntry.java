package community.cloudy.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One thing that was done or tried. Everything is cut to a length a line can bear. There is no
 * place for a secret: none may stand in any of these.
 *
 * @param time when
 * @param who a login; empty for nobody known
 * @param how they proved who they are, such as {@code ldap}; empty if they did not
 * @param from an address, or {@code socket}
 * @param action a verb phrase of the API, such as {@code login} or {@code stack.start}
 * @param object what was acted on
 * @param outcome how it ended
 * @param detail why, for people
 */
public record AuditEntry(
    Instant time,
    String who,
    String how,
    String from,
    String action,
    String object,
    Outcome outcome,
    String detail) {
  private static final int SHORT = 128;
  private static final int LONG = 512;

  /** How something ended. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It was not allowed. */
    REFUSED,
    /** It was allowed and did not work. */
    FAILED
  }

  /** Bounds every text and replaces unpaired surrogates. */
  public AuditEntry {
    who = bounded(who, SHORT);
    how = bounded(how, SHORT);
    from = bounded(from, SHORT);
    action = bounded(action, SHORT);
    object = bounded(object, LONG);
    detail = bounded(detail, LONG);
  }

  private static String bounded(String text, int limit) {
    byte[] utf8 = Text.bounded(text, limit).getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
