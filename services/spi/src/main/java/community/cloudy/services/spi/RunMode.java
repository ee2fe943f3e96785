package community.cloudy.services.spi;

/** How what a module manages runs. */
public enum RunMode {
  /** As a process that the agent starts and supervises. */
  PROCESS,
  /** In a container. */
  CONTAINER,
  /** By itself; the module only attaches to it. */
  EXTERNAL
}
