package community.cloudy.containers.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A container, as lists show it.
 *
 * @param id the engine's: 64 hexadecimal digits
 * @param name without the slash
 * @param image what it was made from, as it was asked for
 * @param imageId what that was then
 * @param state what it does
 * @param status the same for people: {@code Up 3 hours}
 * @param health what its own check says, if it has one
 * @param created when it was made
 * @param labels as they are: anybody may have written them
 * @param ports those published
 * @param networks names of those it is in
 */
public record Container(
    String id,
    String name,
    String image,
    String imageId,
    ContainerState state,
    String status,
    ContainerHealth health,
    Instant created,
    Map<String, String> labels,
    List<PublishedPort> ports,
    List<String> networks) {
  /** Takes copies. */
  public Container {
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
    networks = List.copyOf(networks);
  }
}
