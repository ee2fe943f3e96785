package community.cloudy.services.spi;

import community.cloudy.gossip.discovery.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a module runs. Once started it is kept running: what ends is started again, after a wait
 * that doubles from 1 s to 5 min and begins anew once it has run well for as long. May be used from
 * any thread.
 */
public interface Workload extends AutoCloseable {
  /** Where it is in its life. */
  enum Phase {
    /** Nobody wants it to run. */
    STOPPED,
    /** It runs, and has not yet been seen to work. */
    STARTING,
    /** It runs. */
    RUNNING,
    /** It has ended by itself and waits to be started again. */
    WAITING,
    /** It is being ended. */
    STOPPING
  }

  /**
   * How it is.
   *
   * @param health what its {@link Readiness} saw last; why it ended if it waits
   * @param since when the phase began
   * @param pid of the process, where there is one
   * @param restarts how often it has ended by itself since it was told to start
   */
  record State(Phase phase, Health health, Instant since, OptionalLong pid, int restarts) {}

  /** Wants it to run; returns at once. */
  void start();

  /** Returns how it is. */
  State state();

  /**
   * Waits until it has been seen to work, by a look that began after this call.
   *
   * @throws ServiceException if it does not within {@code atMost}, with what was last seen
   */
  void awaitReady(Duration atMost);

  /** Ends it, wants it to run again, and returns at once. */
  void restart();

  /** Wants it not to run, and returns once it does not. */
  void stop();

  /** Returns the last lines, at most {@code lines}, that it has logged, the oldest first. */
  List<String> log(int lines);

  /** Calls {@code listener} whenever the state has changed, on a thread it must not hold up. */
  void onChange(Runnable listener);

  /** Looks after it no longer; it runs on. */
  @Override
  void close();
}
