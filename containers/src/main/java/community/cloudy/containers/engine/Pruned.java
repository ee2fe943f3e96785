package community.cloudy.containers.engine;

import java.util.List;

/**
 * What pruning removed.
 *
 * @param images tags and ids
 * @param bytes room made
 */
public record Pruned(List<String> images, long bytes) {
  /** Takes copies. */
  public Pruned {
    images = List.copyOf(images);
  }
}
