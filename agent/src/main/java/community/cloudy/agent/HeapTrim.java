package community.cloudy.agent;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives memory back after work that took much at once: a password's hash fills some 20 MiB, and the
 * serial collector keeps a heap that has grown until it is full again, which on an idle node is
 * never. Looks once a minute, and collects only if the heap has grown since the last time.
 */
final class HeapTrim implements AutoCloseable {
  private static final long MUCH = 6L << 20;

  private final LongSupplier size;
  private final Runnable collect;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heap-trim");
            thread.setDaemon(true);
            return thread;
          });
  private long lastSize;

  HeapTrim(LongSupplier size, Runnable collect) {
    this.size = size;
    this.collect = collect;
  }

  /** Trims this process's heap from now on. */
  static HeapTrim start() {
    HeapTrim trim = new HeapTrim(Runtime.getRuntime()::totalMemory, System::gc);
    var unused = trim.timer.scheduleWithFixedDelay(trim::look, 10, 60, TimeUnit.SECONDS);
    return trim;
  }

  void look() {
    if (size.getAsLong() > lastSize + MUCH) {
      collect.run();
      lastSize = size.getAsLong();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
