package community.cloudy.auth;

/**
 * Somebody the node knows.
 *
 * @param login the name they are known by here, unique among local and directory users
 * @param display their full name, for people to read; comes from outside, so encode it at output
 * @param role what they may do
 * @param means how they proved who they are
 */
public record Person(String login, String display, Role role, Means means) {
  static final int MAX_LOGIN = 128;
  static final int MAX_DISPLAY = 128;

  /** How somebody proved who they are. */
  public enum Means {
    /** The kernel told which user holds the other end of a unix socket. */
    SOCKET,
    /** The password of a local user. */
    LOCAL,
    /** The community's directory took the password just now. */
    LDAP,
    /** No directory answered; the node remembers that one took this password some days ago. */
    LDAP_OFFLINE,
    /** A token, which a person made. */
    TOKEN
  }

  /** Checks the login, bounds the display name and takes control characters out of it. */
  public Person {
    if (login.isEmpty() || login.length() > MAX_LOGIN || !Text.printable(login)) {
      throw new IllegalArgumentException(
          "a login must be 1 to " + MAX_LOGIN + " printable characters");
    }
    display = Text.bounded(Text.cleaned(display), MAX_DISPLAY);
  }

  Person with(Means other) {
    return new Person(login, display, role, other);
  }
}
