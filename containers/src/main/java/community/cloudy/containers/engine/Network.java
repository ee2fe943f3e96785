package community.cloudy.containers.engine;

import java.util.List;
import java.util.Map;

/**
 * A network of containers.
 *
 * @param id the engine's
 * @param name its name
 * @param driver {@code bridge} in general
 * @param internal whether it leads nowhere else
 * @param subnets its address ranges
 * @param labels as they are: anybody may have written them
 * @param options the driver's
 */
public record Network(
    String id,
    String name,
    String driver,
    boolean internal,
    List<String> subnets,
    Map<String, String> labels,
    Map<String, String> options) {
  /** Takes copies. */
  public Network {
    subnets = List.copyOf(subnets);
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }
}
