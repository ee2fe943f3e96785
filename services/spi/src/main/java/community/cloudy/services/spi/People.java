package community.cloudy.services.spi;

import java.util.Optional;
import java.util.Set;

/** Who may log in to this node, by its directory or its own list. */
public interface People {
  /**
   * The directory that the node asks, for services that can ask it themselves.
   *
   * @param server host and port
   * @param security what protects the connection
   * @param entry the DN of a person's entry, with {@code {user}} for the login
   */
  record Directory(String server, Security security, String entry) {
    /** What protects a connection. */
    public enum Security {
      /** Nothing. */
      PLAIN,
      /** TLS from the beginning. */
      TLS,
      /** TLS before anything else. */
      STARTTLS
    }
  }

  /** Returns the node's directory; empty if it has none. */
  default Optional<Directory> directory() {
    return Optional.empty();
  }

  /** What came of a login. */
  sealed interface Login {}

  /**
   * It is them.
   *
   * @param name as the directory spells it
   * @param groups the distinguished names of the groups they are in and of the unit their entry
   *     lies in, as far as the directory tells, and the word for their role on this node
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
