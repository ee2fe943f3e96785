package community.cloudy.containers.engine;

/** The labels by which Compose marks what it makes. */
public final class ComposeLabels {
  /** The project's name; on volumes and networks, too. */
  public static final String PROJECT = "com.docker.compose.project";

  /** The service's name. */
  public static final String SERVICE = "com.docker.compose.service";

  /** A volume's name in the Compose file. */
  public static final String VOLUME = "com.docker.compose.volume";

  private static final String ONE_OFF = "com.docker.compose.oneoff";

  private ComposeLabels() {}

  /** Tells whether a container was made for one command, beside those of the service. */
  public static boolean isOneOff(Container container) {
    return container.labels().getOrDefault(ONE_OFF, "").equalsIgnoreCase("true");
  }
}
