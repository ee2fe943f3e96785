package community.cloudy.containers.engine;

import java.util.Locale;

/** What a container does. */
public enum ContainerState {
  /** Made, never started. */
  CREATED,
  /** Running. */
  RUNNING,
  /** Frozen. */
  PAUSED,
  /** Ended, and about to be started again by the engine. */
  RESTARTING,
  /** Being removed. */
  REMOVING,
  /** Ended. */
  EXITED,
  /** Could not be removed. */
  DEAD,
  /** Something this version does not know. */
  UNKNOWN;

  static ContainerState of(String name) {
    for (ContainerState state : values()) {
      if (state.name().equals(name.toUpperCase(Locale.ROOT))) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /** Returns whether its processes exist. */
  public boolean isUp() {
    return this == RUNNING || this == PAUSED;
  }
}
