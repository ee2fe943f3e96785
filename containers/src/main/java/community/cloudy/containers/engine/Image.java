package community.cloudy.containers.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An image that the engine has.
 *
 * @param id its content's: {@code sha256:…}
 * @param tags the names it goes by, as {@code name:tag}; none if another image took them over
 * @param digests what registries know it by, as {@code name@sha256:…}
 * @param created when it was made, by who made it
 * @param size bytes, shared layers included
 * @param labels as they are: anybody may have written them
 * @param architecture such as {@code arm64}; empty in lists
 */
public record Image(
    String id,
    List<String> tags,
    List<String> digests,
    Instant created,
    long size,
    Map<String, String> labels,
    String architecture) {
  /** Takes copies. */
  public Image {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
    labels = Map.copyOf(labels);
  }
}
