package community.cloudy.services.spi;

import java.util.Set;

/** Who may log in to this node, by its directory or its own list. */
public interface People {
  /** What came of a login. */
  sealed interface Login {}

  /**
   * It is them.
   *
   * @param name as the directory spells it
   * @param groups the distinguished names of the groups they are in
   * @param offline whether the directory was out of reach, and an earlier login had to do
   */
  record Known(String name, Set<String> groups, boolean offline) implements Login {
    /** Copies the groups. */
    public Known {
      groups = Set.copyOf(groups);
    }
  }

  /** It is not, or they may not; nobody is told which. */
  record Refused() implements Login {}

  /**
   * Nobody can tell now.
   *
   * @param reason for the operator
   */
  record Unavailable(String reason) implements Login {}

  /**
   * Checks a name and a password as a login to the node would; blocks.
   *
   * @param from the address that the person is at, for the limits on guessing
   */
  Login login(String name, String password, String from);
}
