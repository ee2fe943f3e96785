package community.cloudy.containers.stacks;

import community.cloudy.containers.engine.ComposeLabels;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the engine has of Compose projects, told by the labels Compose sets. */
final class Projects {
  private static final String FOLDER = "com.docker.compose.project.working_dir";
  private static final String FILES = "com.docker.compose.project.config_files";

  private final Engine engine;

  Projects(Engine engine) {
    this.engine = engine;
  }

  List<Container> containers(String project) {
    return engine.containers().list(Map.of(ComposeLabels.PROJECT, project)).stream()
        .filter(container -> !ComposeLabels.isOneOff(container))
        .toList();
  }

  /** Returns the containers of each project there is. */
  Map<String, List<Container>> all() {
    Map<String, List<Container>> projects = new TreeMap<>();
    for (Container container : engine.containers().list(Map.of(ComposeLabels.PROJECT, ""))) {
      String project = container.labels().getOrDefault(ComposeLabels.PROJECT, "");
      projects.computeIfAbsent(project, name -> new ArrayList<>()).add(container);
    }
    return projects;
  }

  /** Returns the services that have containers, and those of {@code expected} that have none. */
  static List<ServiceState> services(List<Container> containers, Iterable<String> expected) {
    Map<String, List<Container>> services = new TreeMap<>();
    expected.forEach(name -> services.put(name, new ArrayList<>()));
    for (Container container : containers) {
      String service = container.labels().getOrDefault(ComposeLabels.SERVICE, container.name());
      services.computeIfAbsent(service, name -> new ArrayList<>()).add(container);
    }
    return services.entrySet().stream()
        .map(entry -> new ServiceState(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Returns the folder that a project's labels name. */
  static Optional<Path> folder(List<Container> containers) {
    return label(containers, FOLDER).filter(path -> path.startsWith("/")).map(Path::of);
  }

  /** Returns the Compose file that a project's labels name, within its folder. */
  static Optional<String> file(List<Container> containers) {
    Optional<Path> folder = folder(containers);
    return label(containers, FILES)
        .filter(files -> !files.contains(","))
        .flatMap(
            file -> {
              Path path = Path.of(file);
              boolean inside = folder.isPresent() && path.startsWith(folder.get());
              return inside
                  ? Optional.of(folder.get().relativize(path).toString())
                  : path.isAbsolute() ? Optional.empty() : Optional.of(file);
            });
  }

  private static Optional<String> label(List<Container> containers, String name) {
    return containers.stream()
        .flatMap(container -> Optional.ofNullable(container.labels().get(name)).stream())
        .findFirst();
  }
}
