package community.cloudy.containers.engine;

import java.util.Map;

/**
 * What fills the engine's disk, in bytes.
 *
 * @param images all layers, each counted once
 * @param containers what containers have written outside volumes
 * @param volumes by name; -1 for those whose driver does not say
 * @param buildCache what builds left
 */
public record DiskUsage(long images, long containers, Map<String, Long> volumes, long buildCache) {
  /** Takes copies. */
  public DiskUsage {
    volumes = Map.copyOf(volumes);
  }
}
