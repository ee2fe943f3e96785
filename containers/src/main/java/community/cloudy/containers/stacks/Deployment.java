package community.cloudy.containers.stacks;

import community.cloudy.containers.Containers;
import community.cloudy.containers.Progress;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.ImageReference;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.PolicyException;
import community.cloudy.containers.policy.Refusal;
import community.cloudy.containers.policy.Scope;
import community.cloudy.containers.policy.Source;
import community.cloudy.containers.policy.Yaml;
import community.cloudy.containers.policy.YamlReader;
import community.cloudy.containers.stacks.StackException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the engine to a version: pull what is missing, make, judge what was made, start, judge
 * again, wait until it is well. Nothing that the policy refuses is left.
 */
final class Deployment {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Engine engine;
  private final Policy policy;
  private final Compose compose;
  private final Projects projects;
  private final Containers containers;
  private final Settling settling;
  private final Duration steady;

  Deployment(Engine engine, Policy policy, Compose compose, Settling settling, Duration steady) {
    this.engine = engine;
    this.policy = policy;
    this.compose = compose;
    this.settling = settling;
    this.steady = steady;
    projects = new Projects(engine);
    containers = new Containers(engine, policy);
  }

  /**
   * Brings it up.
   *
   * @param run the text of what is executed, which {@code project} has as its file
   * @param patience until it must be well
   * @throws StackException if it does not become well
   * @throws PolicyException if the file, or what was made of it, is not allowed now
   */
  void up(Compose.Project project, String run, Scope scope, Duration patience, Progress progress) {
    Yaml.Fields model = model(run);
    // What was allowed once may not be now: an exception can be withdrawn.
    policy.judge(model, Source.NONE, scope).allowed();
    progress.report("get the images", 0, Progress.UNKNOWN);
    images(model, false, progress);
    progress.report("make the containers", 0, Progress.UNKNOWN);
    compose.create(project);
    progress.report("judge what was made", 0, Progress.UNKNOWN);
    judgeMade(project.name(), scope);
    progress.report("start", 0, Progress.UNKNOWN);
    compose.start(project);
    judgeMade(project.name(), scope);
    progress.report("wait until it is well", 0, Progress.UNKNOWN);
    settle(project.name(), model, patience);
  }

  static Yaml.Fields model(String run) {
    Yaml.Fields model = YamlReader.read("run.yaml", run);
    return (Yaml.Fields) Policy.mapTexts(model, text -> text.replace("$$", "$"));
  }

  static Set<String> services(Yaml.Fields model) {
    return model.object("services").fields().keySet();
  }

  /** Returns the services without containers that a profile leaves out. */
  private static List<String> expected(Yaml.Fields model) {
    return services(model).stream()
        .filter(name -> model.object("services").object(name).get("profiles").isEmpty())
        .filter(
            name -> !model.object("services").object(name).text("scale").orElse("1").equals("0"))
        .toList();
  }

  /** Returns the names of the images that are not built here. */
  static Set<String> images(Yaml.Fields model) {
    Yaml.Fields services = model.object("services");
    return services.fields().keySet().stream()
        .map(services::object)
        .filter(service -> service.get("build").isEmpty())
        .flatMap(service -> service.text("image").stream())
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  /** Gets the images; those that are here only if {@code anew}. */
  void images(Yaml.Fields model, boolean anew, Progress progress) {
    for (String name : images(model)) {
      if (anew || !engine.images().isHere(name)) {
        engine
            .images()
            .pull(
                ImageReference.parse(name),
                p -> progress.report("get " + name + ": " + p.step(), p.done(), p.totalIfKnown()));
      }
    }
  }

  /** Removes every container of a project that the policy refuses, and says so. */
  private void judgeMade(String project, Scope scope) {
    List<Container> made = projects.containers(project);
    Scope whole =
        scope.withContainers(made.stream().map(Container::id).collect(Collectors.toSet()));
    List<Refusal> refusals = new ArrayList<>();
    for (Container container : made) {
      List<Refusal> refused = containers.judge(container.id(), whole);
      if (!refused.isEmpty()) {
        engine.containers().remove(container.id(), true, false);
        refusals.addAll(refused);
      }
    }
    if (!refusals.isEmpty()) {
      throw new PolicyException(refusals);
    }
  }

  private void settle(String project, Yaml.Fields model, Duration patience) {
    try {
      Optional<String> bad =
          settling.await(
              () -> Projects.services(projects.containers(project), expected(model)),
              patience,
              steady);
      if (bad.isPresent()) {
        throw new StackException(
            Code.FAILED,
            "Could not bring up the stack %s: %s. Read its log.".formatted(project, bad.get()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException(
          Code.FAILED, "Could not wait for the stack " + project + ". Try again.", e);
    }
  }

  /** Returns whether all that should run does. */
  boolean isUp(String project, Yaml.Fields model) {
    return Projects.services(projects.containers(project), expected(model)).stream()
        .noneMatch(
            service ->
                service.state() == ServiceState.State.ABSENT
                    || service.containers().stream()
                        .anyMatch(
                            c -> !c.state().isUp() && service.state() != ServiceState.State.DONE));
  }

  void restart(Compose.Project project) {
    compose.restart(project);
  }

  void stop(Compose.Project project) {
    compose.stop(project);
  }

  void down(Compose.Project project, boolean volumes) {
    compose.down(project, volumes);
  }

  /** Stops the containers of a project whose file we do not have. */
  void stop(String project) {
    for (Container container : projects.containers(project)) {
      engine.containers().stop(container.id(), GRACE);
    }
  }

  /** Starts the containers of such a project. */
  void start(String project) {
    projects.containers(project).forEach(container -> engine.containers().start(container.id()));
  }

  /** Stops and removes the containers of such a project. */
  void down(String project) {
    stop(project);
    for (Container container : projects.containers(project)) {
      engine.containers().remove(container.id(), true, false);
    }
  }
}
