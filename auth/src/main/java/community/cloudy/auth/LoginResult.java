package community.cloudy.auth;

import java.time.Duration;
import java.util.Set;

/** How a login ended. */
public sealed interface LoginResult {
  /**
   * They are in.
   *
   * @param person who; {@link Person#means} tells whether the directory was reached
   * @param units the DNs of the directory's groups they are in, as far as it had to be asked for
   *     those or the entry names them, and of what their entry lies in; those of the last time when
   *     it was not reached
   */
  record Accepted(Person person, Set<String> units) implements LoginResult {
    /** Copies the set. */
    public Accepted {
      units = Set.copyOf(units);
    }
  }

  /** They are not, for a reason that only the audit log knows. */
  record Rejected() implements LoginResult {
    /** Returns what to tell them, the same whatever the reason. */
    public String message() {
      return "Could not log in: the login or the password is wrong, or they may not use this node.";
    }
  }

  /**
   * They tried too often.
   *
   * @param delay how long to wait before the next try
   */
  record Throttled(Duration delay) implements LoginResult {}

  /**
   * Nobody could judge.
   *
   * @param reason why, without a full stop
   * @param remedy what to do, a sentence
   */
  record Unavailable(String reason, String remedy) implements LoginResult {}
}
