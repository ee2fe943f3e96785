package community.cloudy.auth;

import java.util.Locale;

/** What a person may do. Each role may do all that the ones before it may. */
public enum Role {
  /** Sees. */
  VIEWER,
  /** Runs services. */
  OPERATOR,
  /** Decides about the node and its people. */
  ADMIN;

  /** Tells whether this role may do what {@code other} may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** Returns the name in configuration, API and files: {@code viewer}, {@code operator}, … */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a {@link #word}.
   *
   * @throws IllegalArgumentException if {@code word} is no role
   */
  public static Role parse(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("must be viewer, operator or admin");
  }
}
