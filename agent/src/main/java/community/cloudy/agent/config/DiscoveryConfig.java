package community.cloudy.agent.config;

import java.util.List;

/**
 * How the node discovers others and what it announces.
 *
 * @param legacyTag whether services are also told in the tag of legacy Cloudy nodes
 * @param mdns whether nodes on the same link are found by multicast DNS
 * @param trustedKeys the only node keys whose announcements count; empty means all
 */
public record DiscoveryConfig(boolean legacyTag, boolean mdns, List<String> trustedKeys) {
  /** Copies the list. */
  public DiscoveryConfig {
    trustedKeys = List.copyOf(trustedKeys);
  }
}
