package community.cloudy.agent.api;

import java.io.IOException;

/** An API that could not be opened; the message says why and what to do. */
public final class ApiStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ApiStartException(String message) {
    super(message);
  }

  ApiStartException(String message, Throwable cause) {
    super(message, cause);
  }

  static ApiStartException of(Exception failure) {
    if (failure instanceof ApiStartException known) {
      return known;
    }
    Throwable cause =
        failure instanceof IOException && failure.getCause() != null ? failure.getCause() : failure;
    return new ApiStartException(
        ("Could not open the API: %s: %s. Stop what uses that address, or choose another with"
                + " api.listen or api.socket.")
            .formatted(failure.getMessage(), cause.getMessage()),
        failure);
  }
}
