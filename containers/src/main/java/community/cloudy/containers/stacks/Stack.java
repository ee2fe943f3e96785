package community.cloudy.containers.stacks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Compose project on this node.
 *
 * @param managed whether this node keeps it; others made the rest
 * @param folder where its files are, if that is known
 * @param up whether it should run
 * @param applied the version that was applied last; 0 for none
 * @param hash of its files as they are now; empty if it is not managed
 * @param changed whether its files are not those that were applied
 * @param problem why the last change did not succeed; empty if it did
 * @param services what the engine has of it; empty while the engine does not answer
 */
public record Stack(
    String name,
    boolean managed,
    Optional<Path> folder,
    boolean up,
    int applied,
    String hash,
    boolean changed,
    String problem,
    Optional<List<ServiceState>> services) {
  /** Copies the list. */
  public Stack {
    services = services.map(List::copyOf);
  }
}
