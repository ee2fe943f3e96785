package community.cloudy.gossip.discovery;

import community.cloudy.gossip.serf.Profile;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Set;

/**
 * How a node discovers and announces.
 *
 * @param node its name
 * @param community the name of its community; empty if it has none
 * @param profile timing for the kind of network
 * @param privateKey signs its announcements
 * @param publicKey what others know it by
 * @param trustedKeys fingerprints of keys whose announcements are marked as verified
 * @param legacyTag whether its services are also told in the tag of legacy Cloudy nodes
 * @param hideAfter how long the services of a failed node are still listed
 * @param folder where it keeps its files
 */
public record DiscoveryConfig(
    String node,
    String community,
    Profile profile,
    PrivateKey privateKey,
    PublicKey publicKey,
    Set<String> trustedKeys,
    boolean legacyTag,
    Duration hideAfter,
    Path folder) {
  /** Copies the set. */
  public DiscoveryConfig {
    trustedKeys = Set.copyOf(trustedKeys);
  }
}
