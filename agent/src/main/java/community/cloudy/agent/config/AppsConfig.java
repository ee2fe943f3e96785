package community.cloudy.agent.config;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the node keeps apps and backups.
 *
 * @param trustedKeys whose catalogues are taken
 * @param allowedHosts from which catalogues may come though they lead to this node or its link
 * @param backups the folder of backups; none means one in the state folder
 * @param keepFree bytes that backups, installations and pulls leave free
 * @param saveBeforeUpdate whether a stack's data are saved before it is changed
 */
public record AppsConfig(
    List<PublicKey> trustedKeys,
    Set<String> allowedHosts,
    Optional<Path> backups,
    long keepFree,
    boolean saveBeforeUpdate) {
  /** Copies the lists. */
  public AppsConfig {
    trustedKeys = List.copyOf(trustedKeys);
    allowedHosts = Set.copyOf(allowedHosts);
  }
}
