package community.cloudy.containers.engine;

import java.util.Map;

/**
 * A volume.
 *
 * @param name its name
 * @param driver who keeps it: {@code local} in general
 * @param path where on the node
 * @param labels as they are: anybody may have written them
 * @param options how the driver made it: with {@code local}, a mount of anything
 */
public record Volume(
    String name,
    String driver,
    String path,
    Map<String, String> labels,
    Map<String, String> options) {
  /** Takes copies. */
  public Volume {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }
}
