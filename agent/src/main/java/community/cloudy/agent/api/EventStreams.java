package community.cloudy.agent.api;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Everybody who is sent events as they come. */
final class EventStreams {
  static final int MAX = 256;

  private static final long GOODBYE_MILLIS = 1_000;

  private final Executor executor;
  private final Semaphore places = new Semaphore(MAX);
  private final Set<StreamWriter> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean waking = new AtomicBoolean();
  private volatile boolean closed;

  /** Writes on {@code executor} whenever {@link #wake} is called. */
  EventStreams(Executor executor) {
    this.executor = executor;
  }

  /**
   * Finds a place for a stream.
   *
   * @throws ApiException if all are taken
   */
  EventStream admit(StreamSource source) {
    if (!places.tryAcquire()) {
      throw new ApiException(
          ProblemCode.BUSY, "Already " + MAX + " follow events. Try again later.");
    }
    return new EventStream(source, this);
  }

  /** Gives a place back. */
  void release() {
    places.release();
  }

  /** Starts to write a stream that was admitted. */
  void open(StreamWriter stream) {
    open.add(stream);
    var unused =
        stream
            .over()
            .thenRun(
                () -> {
                  open.remove(stream);
                  release();
                  stream.free();
                });
    stream.iterate();
    if (closed) {
      stream.end();
    }
  }

  /** Says that there may be something to send; returns at once. Many calls cost one look. */
  void wake() {
    if (!open.isEmpty() && waking.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            waking.set(false);
            open.forEach(StreamWriter::iterate);
          });
    }
  }

  /** Sends every client a sign of life and cuts off those who do not read. */
  void beat() {
    open.forEach(StreamWriter::beat);
  }

  /** Ends every stream in order, as far as the clients read on. */
  void close() {
    closed = true;
    CompletableFuture<?>[] ends =
        open.stream().map(StreamWriter::over).toArray(CompletableFuture[]::new);
    open.forEach(StreamWriter::end);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, GOODBYE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }

  int count() {
    return open.size();
  }
}
