package community.cloudy.gossip.discovery.legacy;

/** A member's {@code services} tag cannot be read; the message says why, in our own words. */
public final class LegacyTagException extends Exception {
  private static final long serialVersionUID = 1;

  LegacyTagException(String message) {
    super(message);
  }

  LegacyTagException(String message, Throwable cause) {
    super(message, cause);
  }
}
