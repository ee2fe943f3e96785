package community.cloudy.gossip.serf.transport;

/**
 * A monotonic clock and its timers. Tasks run on the event loop that owns the core, one at a time,
 * never inside {@link #schedule}.
 */
public interface Scheduler {
  /** Returns a monotonic time in nanoseconds; only differences mean anything. */
  long nanoTime();

  /** Runs {@code task} once, {@code delayNanos} from now (at once, but later, if not positive). */
  Timer schedule(long delayNanos, Runnable task);

  /** A task that has been scheduled. */
  interface Timer {
    /** Makes sure the task does not run, if it has not yet. */
    void cancel();
  }
}
