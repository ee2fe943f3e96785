package community.cloudy.agent.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * This node.
 *
 * @param name unique in the community; empty takes the machine's own name at the first start
 * @param data folder of the node's state
 * @param community the community's name; may be empty
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record NodeConfig(
    Optional<String> name,
    Path data,
    String community,
    Optional<Double> latitude,
    Optional<Double> longitude) {
  /** Checks the name and the ranges. */
  public NodeConfig {
    name.ifPresent(NodeConfig::checkedName);
    latitude.ifPresent(degrees -> checkedDegrees(degrees, 90));
    longitude.ifPresent(degrees -> checkedDegrees(degrees, 180));
  }

  /**
   * Returns {@code name} if a node may have it: 1 to 128 bytes of letters, digits, {@code -},
   * {@code .} and {@code _}.
   *
   * @throws IllegalArgumentException if not
   */
  public static String checkedName(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > 128 || !name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "must be 1 to 128 letters, digits, dots, dashes or underscores");
    }
    return name;
  }

  static double checkedDegrees(double degrees, int limit) {
    if (!(Math.abs(degrees) <= limit)) {
      throw new IllegalArgumentException("must be in -" + limit + " to " + limit);
    }
    return degrees;
  }
}
