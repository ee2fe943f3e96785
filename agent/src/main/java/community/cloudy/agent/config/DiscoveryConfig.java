package community.cloudy.agent.config;

import java.time.Duration;
import java.util.Set;

/**
 * How the node discovers others and what it announces.
 *
 * @param legacyTag whether services are also told in the tag of legacy Cloudy nodes
 * @param mdns whether nodes on the same link are found, and this node's services told, by multicast
 *     DNS
 * @param trustedKeys fingerprints of the node keys whose services are marked as verified
 * @param hideAfter how long the services of a failed node are still listed
 */
public record DiscoveryConfig(
    boolean legacyTag, boolean mdns, Set<String> trustedKeys, Duration hideAfter) {
  /** Copies the set. */
  public DiscoveryConfig {
    trustedKeys = Set.copyOf(trustedKeys);
  }
}
