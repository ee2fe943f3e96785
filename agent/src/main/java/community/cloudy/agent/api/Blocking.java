package community.cloudy.agent.api;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The few threads on which passwords are checked, the directory is asked and disks are looked at,
 * so that none of those that answer the API waits for such work.
 */
final class Blocking implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final String busy;

  /** Makes those for people. */
  Blocking() {
    this("api-people", 4, 64, "Too many log in at once. Try again in some seconds.");
  }

  /**
   * Makes some for other work.
   *
   * @param name of the threads
   * @param count of the threads
   * @param places for work that waits
   * @param busy what callers are told when too much waits
   */
  Blocking(String name, int count, int places, String busy) {
    this.busy = busy;
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(places),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does {@code work} on one of the threads.
   *
   * @throws ApiException if too much waits already
   */
  <T> CompletableFuture<T> run(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException e) {
      throw new ApiException(ProblemCode.BUSY, busy);
    }
  }

  /** Lets what has begun end by itself. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
