package community.cloudy.containers.stacks;

import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How all stacks are: what the agent keeps of them, beside what the engine has. */
final class Overview {
  private final StackStore store;
  private final Projects projects;
  private final Updates updates;

  Overview(StackStore store, Projects projects, Updates updates) {
    this.store = store;
    this.projects = projects;
    this.updates = updates;
  }

  /** Returns all stacks; without services while no engine answers. */
  List<Stack> list() {
    Optional<Map<String, List<Container>>> running = running();
    List<Stack> stacks = new ArrayList<>();
    for (String name : store.names()) {
      stacks.add(view(name, running.map(all -> all.getOrDefault(name, List.of()))));
    }
    running.ifPresent(
        all ->
            all.forEach(
                (name, containers) -> {
                  if (!store.exists(name)) {
                    stacks.add(foreign(name, containers));
                  }
                }));
    return stacks;
  }

  /** Returns one, if it is there. */
  Optional<Stack> get(String name) {
    Optional<List<Container>> containers = running().map(all -> all.getOrDefault(name, List.of()));
    if (StackNames.isOne(name) && store.exists(name)) {
      return Optional.of(view(name, containers));
    }
    return containers.filter(made -> !made.isEmpty()).map(made -> foreign(name, made));
  }

  private Optional<Map<String, List<Container>>> running() {
    try {
      return Optional.of(projects.all());
    } catch (EngineException e) {
      return Optional.empty();
    }
  }

  private Stack view(String name, Optional<List<Container>> containers) {
    Journal journal = store.journal(name);
    String hash = updates.current(name, journal).hash();
    int applied = journal.applied();
    boolean changed = applied == 0 || !store.versions(name).get(applied).hash().equals(hash);
    return new Stack(
        name,
        true,
        Optional.of(store.folder(name, journal).path()),
        journal.up(),
        applied,
        hash,
        changed,
        journal.problem(),
        containers.map(all -> Projects.services(all, updates.services(name, journal))));
  }

  private static Stack foreign(String name, List<Container> containers) {
    boolean up = containers.stream().anyMatch(container -> container.state().isUp());
    Optional<Path> folder = Projects.folder(containers);
    return new Stack(
        name,
        false,
        folder,
        up,
        0,
        "",
        false,
        "",
        Optional.of(Projects.services(containers, List.of())));
  }
}
