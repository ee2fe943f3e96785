package community.cloudy.containers.policy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * For whom something is judged.
 *
 * @param stack the Compose project's name, or the container's own
 * @param folder the stack's folder, whose files its containers may have; none for a single
 *     container
 * @param exceptions what an admin allowed it
 * @param containers identifiers of the containers that are the stack's already
 * @param real follows every link in a path as far as it exists
 */
public record Scope(
    String stack,
    Optional<Path> folder,
    Exceptions exceptions,
    Set<String> containers,
    UnaryOperator<Path> real) {
  /** Copies what could change. */
  public Scope {
    containers = Set.copyOf(containers);
  }

  /** Returns this of a stack that has {@code now} as its containers. */
  public Scope withContainers(Set<String> now) {
    return new Scope(stack, folder, exceptions, now, real);
  }
}
