package community.cloudy.containers.engine;

/**
 * What a container may use at most; 0 means no limit.
 *
 * @param memory bytes, swap included
 * @param cpus of the node's, in thousandths
 * @param pids processes and threads
 */
public record Limits(long memory, long cpus, long pids) {
  /** No limits at all. */
  public static final Limits NONE = new Limits(0, 0, 0);

  /** The least memory the engine accepts, in bytes. */
  public static final long MIN_MEMORY = 6L << 20;

  /** Checks the ranges. */
  public Limits {
    if (memory < 0 || (memory > 0 && memory < MIN_MEMORY) || cpus < 0 || pids < 0) {
      throw Names.invalid("limit", "must not be negative, and memory at least 6 MiB");
    }
  }
}
