package community.cloudy.containers.stacks;

import community.cloudy.containers.Links;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.stacks.StackException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Where the files of a stack are that others made: all that is in that folder its containers may
 * have, so it must be one made for such a thing.
 */
record Adoption(Path folder, String file, boolean up) {
  private static final List<String> USUAL =
      List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");
  private static final Set<String> SYSTEM =
      Set.of("bin", "boot", "dev", "etc", "lib", "proc", "root", "run", "sbin", "sys", "usr");

  static Adoption of(String name, List<Container> containers, Path root) {
    Path folder =
        Projects.folder(containers)
            .map(Links::follow)
            .orElseThrow(() -> refused(name, "its labels name no folder"));
    boolean system = folder.getNameCount() < 2 || SYSTEM.contains(folder.getName(0).toString());
    if (system || root.startsWith(folder) || folder.startsWith(root)) {
      throw refused(name, folder + " holds more than a stack");
    }
    String file =
        Projects.file(containers)
            .or(() -> USUAL.stream().filter(f -> Files.exists(folder.resolve(f))).findFirst())
            .orElseThrow(() -> refused(name, "there is no single Compose file in " + folder));
    boolean up = containers.stream().anyMatch(container -> container.state().isUp());
    return new Adoption(folder, file, up);
  }

  private static StackException refused(String name, String reason) {
    return new StackException(
        Code.INVALID,
        "Could not adopt the stack %s: %s. Make a new stack of its Compose file."
            .formatted(name, reason));
  }

  Journal journal() {
    return new Journal(up, 0, 0, folder.toString(), file, "");
  }
}
