package community.cloudy.containers.stacks;

import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerState;
import java.util.List;

/**
 * One service of a stack, as the engine has it now.
 *
 * @param containers what runs for it; none if it has none
 */
public record ServiceState(String name, List<Container> containers) {
  /** Copies the list. */
  public ServiceState {
    containers = List.copyOf(containers);
  }

  /** What is true of a service. */
  public enum State {
    /** It runs, and if it has a health check it is well. */
    OK,
    /** It runs, too short to say. */
    STARTING,
    /** It did its work and ended. */
    DONE,
    /** It does not run, or not well. */
    FAILING,
    /** It has no container. */
    ABSENT
  }

  /** Returns the worst of its containers. */
  public State state() {
    return containers.stream()
        .map(ServiceState::of)
        .max(java.util.Comparator.comparingInt(ServiceState::badness))
        .orElse(State.ABSENT);
  }

  private static int badness(State state) {
    return switch (state) {
      case DONE -> 0;
      case OK -> 1;
      case STARTING -> 2;
      case ABSENT -> 3;
      case FAILING -> 4;
    };
  }

  private static State of(Container container) {
    boolean ended = container.state() == ContainerState.EXITED;
    if (ended && container.status().startsWith("Exited (0)")) {
      return State.DONE;
    }
    if (container.state() == ContainerState.CREATED) {
      return State.STARTING;
    }
    if (!container.state().isUp()) {
      return State.FAILING;
    }
    return switch (container.health().state()) {
      case NONE, HEALTHY -> State.OK;
      case STARTING -> State.STARTING;
      case UNHEALTHY -> State.FAILING;
    };
  }
}
