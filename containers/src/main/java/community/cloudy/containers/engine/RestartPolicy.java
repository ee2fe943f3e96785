package community.cloudy.containers.engine;

/** When the engine starts a container again by itself. */
public enum RestartPolicy {
  /** Never. */
  NO("no"),
  /** When it ended with an error. */
  ON_FAILURE("on-failure"),
  /** Unless somebody stopped it. */
  UNLESS_STOPPED("unless-stopped"),
  /** Always, and when the engine starts. */
  ALWAYS("always");

  private final String text;

  RestartPolicy(String text) {
    this.text = text;
  }

  /** Returns it as the engine and Compose write it. */
  public String text() {
    return text;
  }

  /**
   * Reads {@link #text}.
   *
   * @throws EngineException INVALID if there is none
   */
  public static RestartPolicy of(String text) {
    for (RestartPolicy policy : values()) {
      if (policy.text.equals(text)) {
        return policy;
      }
    }
    throw Names.invalid("restart policy", "must be no, on-failure, unless-stopped or always");
  }
}
