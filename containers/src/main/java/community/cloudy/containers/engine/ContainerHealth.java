package community.cloudy.containers.engine;

/**
 * What a container's own health check says.
 *
 * @param state its verdict
 * @param output the last words of the check: at most {@value #MAX_OUTPUT} characters; empty in
 *     lists
 */
public record ContainerHealth(State state, String output) {
  /** Characters of output kept. */
  public static final int MAX_OUTPUT = 200;

  /** There is no health check. */
  public static final ContainerHealth NONE = new ContainerHealth(State.NONE, "");

  /** The verdicts. */
  public enum State {
    /** The container has no health check. */
    NONE,
    /** Too early to say. */
    STARTING,
    /** The check succeeds. */
    HEALTHY,
    /** The check fails. */
    UNHEALTHY
  }

  /** Cleans and cuts the output. */
  public ContainerHealth {
    output = Words.clean(output, MAX_OUTPUT);
  }
}
