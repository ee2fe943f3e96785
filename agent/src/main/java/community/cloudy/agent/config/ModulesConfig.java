package community.cloudy.agent.config;

import community.cloudy.agent.plugins.Plugins;
import community.cloudy.services.spi.RunMode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The service modules of this node.
 *
 * @param plugins those there are
 * @param settings how those that the configuration names are set
 */
public record ModulesConfig(Plugins plugins, SortedMap<String, ModuleConfig> settings) {
  /** Copies the map. */
  public ModulesConfig {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * How one module is set.
   *
   * @param enabled whether it is to manage its service
   * @param run how that runs
   * @param announce whether the community is told of it
   * @param settings the module's own
   */
  public record ModuleConfig(boolean enabled, RunMode run, boolean announce, Record settings) {}
}
