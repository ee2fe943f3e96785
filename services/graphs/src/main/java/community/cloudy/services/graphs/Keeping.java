package community.cloudy.services.graphs;

import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.store.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what was measured to the store, on a thread of its own, so that no slow disk stops polls.
 */
final class Keeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Keeping.class);
  private static final int MOST_WAITING = 500_000;
  private static final long STOP_SECONDS = 30;

  private final Store store;
  private final Runnable kept;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "graphs-store");
            made.setDaemon(true);
            return made;
          });
  private List<Sample> waiting = new ArrayList<>();
  private volatile Optional<String> problem = Optional.empty();
  private volatile long updates;
  private volatile long bytes;

  /** Keeps it in {@code store}; {@code kept} is run whenever more has been written. */
  Keeping(Store store, Runnable kept) {
    this.store = store;
    this.kept = kept;
    var unused = thread.scheduleWithFixedDelay(this::write, 1, 1, TimeUnit.SECONDS);
  }

  /** Takes samples, which are written within seconds. */
  synchronized void take(List<Sample> samples) {
    if (waiting.size() + samples.size() > MOST_WAITING) {
      problem = Optional.of("the disk is too slow: values had to be left out");
      return;
    }
    waiting.addAll(samples);
  }

  private synchronized List<Sample> next() {
    List<Sample> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  private void write() {
    List<Sample> samples = next();
    if (samples.isEmpty()) {
      return;
    }
    try {
      Written written = store.write(samples);
      updates += written.updates();
      bytes += written.bytes();
      problem = written.problem();
      problem.ifPresent(why -> log.warn("Not all was kept failed={} {}", written.failed(), why));
      kept.run();
    } catch (RuntimeException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      log.error("Could not keep what was measured", e);
    }
  }

  /** Returns what went wrong when it was last written. */
  Optional<String> problem() {
    return problem;
  }

  /** Returns how many readings were taken into files since the module began. */
  long updates() {
    return updates;
  }

  /** Returns how many bytes were written to files since the module began. */
  long bytes() {
    return bytes;
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    thread.execute(this::write);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.warn("What was measured last may not have been kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
