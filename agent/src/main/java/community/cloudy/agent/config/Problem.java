package community.cloudy.agent.config;

/**
 * One thing wrong with the configuration.
 *
 * @param origin where
 * @param message what is wrong and what to do about it
 */
public record Problem(Origin origin, String message) {
  @Override
  public String toString() {
    return origin + ": " + message;
  }
}
