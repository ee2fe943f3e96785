package community.cloudy.agent.identity;

/** A state folder or identity that cannot be used; the message says why and what to do. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StateException(String message) {
    super(message);
  }

  StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
