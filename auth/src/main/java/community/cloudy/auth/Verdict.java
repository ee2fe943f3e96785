package community.cloudy.auth;

import java.util.Set;

/** What the directory says of a login and a password. */
sealed interface Verdict {
  /**
   * They are right, and the person has a role.
   *
   * @param person who
   * @param units the DNs of the groups they are in and of what their entry lies in
   */
  record Accepted(Person person, Set<String> units) implements Verdict {
    /** Copies the set. */
    public Accepted {
      units = Set.copyOf(units);
    }
  }

  /**
   * A server said no, or nobody has that name, or a role is missing: final.
   *
   * @param why for the audit log, never for who tries
   */
  record Refused(String why) implements Verdict {}

  /**
   * No server could be reached.
   *
   * @param why each server's reason
   */
  record Unreachable(Diagnosis why) implements Verdict {}

  /**
   * A server answered, but could not judge: something is set up wrong.
   *
   * @param why what
   */
  record Unable(Diagnosis why) implements Verdict {}
}
