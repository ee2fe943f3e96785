package community.cloudy.gossip.serf.transport;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that runs timers, tasks and channel handlers, one at a time, so that what they share
 * needs no locks. A handler that throws is counted and logged, and the loop goes on.
 */
public final class EventLoop implements Scheduler, Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
  private static final long LOG_INTERVAL_NANOS = 1_000_000_000;

  private final Object lock = new Object();
  private final Selector selector;
  private final Thread thread;
  private final Consumer<SelectionKey> dispatch = this::dispatch;
  private final PriorityQueue<Task> timers = new PriorityQueue<>();
  private final AtomicLong timersMade = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private ArrayDeque<Runnable> queued = new ArrayDeque<>();
  private ArrayDeque<Runnable> running = new ArrayDeque<>();
  private volatile boolean closed;
  private int sweepAt = 64;
  private long lastLogged = System.nanoTime() - LOG_INTERVAL_NANOS;

  private EventLoop(String name) throws IOException {
    selector = Selector.open();
    thread = new Thread(this::run, name);
  }

  /** Receives readiness of a channel. */
  public interface Ready {
    /** Does what the channel is ready for; must not block. */
    void ready(SelectionKey key);
  }

  /**
   * Starts a loop on a new thread called {@code name}, which keeps the process alive until {@link
   * #close}.
   *
   * @throws IOException if the system has no file descriptor left
   */
  public static EventLoop start(String name) throws IOException {
    EventLoop loop = new EventLoop(name);
    loop.thread.start();
    return loop;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /** Schedules from any thread; timers are late by up to a millisecond, never early. */
  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    long delay = Math.min(Math.max(delayNanos, 0), Long.MAX_VALUE / 4);
    Task timer = new Task(System.nanoTime() + delay, timersMade.getAndIncrement(), task);
    if (inLoop()) {
      add(timer);
    } else {
      execute(() -> add(timer));
    }
    return timer;
  }

  /**
   * Runs {@code task} on the loop, later, in the order given.
   *
   * @throws RejectedExecutionException if the loop is closed
   */
  @Override
  public void execute(Runnable task) {
    boolean first;
    synchronized (lock) {
      if (closed) {
        throw new RejectedExecutionException("event loop " + thread.getName() + " is closed");
      }
      first = queued.isEmpty();
      queued.add(task);
    }
    if (first && !inLoop()) {
      selector.wakeup();
    }
  }

  /** Tells whether the caller runs on the loop. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /** Returns how many tasks, timers and handlers threw. */
  public long failures() {
    return failures.get();
  }

  /** Runs what was already given to {@link #execute}, closes all channels and ends the thread. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    selector.wakeup();
    if (!inLoop()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns how many timers are kept, cancelled ones too; exact on the loop only. */
  int timers() {
    return timers.size();
  }

  /** Watches a non-blocking channel; on the loop only. */
  public SelectionKey register(SelectableChannel channel, int operations, Ready ready)
      throws IOException {
    return channel.register(selector, operations, ready);
  }

  /**
   * Frees the descriptors of channels closed since the last select, which until then still hold
   * their port. Only from a task: a channel's handler runs inside a select.
   */
  void releaseClosed() throws IOException {
    selector.selectNow();
    selector.selectedKeys().clear();
  }

  /** Counts a failure of the code above, and logs it unless it did so within the last second. */
  void failed(Throwable cause) {
    long count = failures.incrementAndGet();
    long now = System.nanoTime();
    if (now - lastLogged >= LOG_INTERVAL_NANOS) {
      lastLogged = now;
      log.error("event loop handler failed loop={} failures={}", thread.getName(), count, cause);
    }
  }

  private void run() {
    try {
      while (!closed) {
        select();
        runTimers();
        runTasks();
      }
    } catch (IOException e) {
      log.error("event loop ended loop={}", thread.getName(), e);
    } finally {
      end();
    }
  }

  private void select() throws IOException {
    // A stray interrupt would make every select return at once, and close channels in use.
    Thread.interrupted();
    Task next = timers.peek();
    long wait = next == null ? Long.MAX_VALUE : next.deadline - System.nanoTime();
    if (wait <= 0 || hasTasks()) {
      selector.selectNow(dispatch);
    } else if (next == null) {
      selector.select(dispatch);
    } else {
      selector.select(dispatch, (wait + 999_999) / 1_000_000);
    }
  }

  private boolean hasTasks() {
    synchronized (lock) {
      return !queued.isEmpty();
    }
  }

  private void dispatch(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof Ready handler) {
      try {
        handler.ready(key);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  private void runTimers() {
    // Only what is due now: a timer that re-arms itself must not starve the channels.
    long now = System.nanoTime();
    for (Task next = timers.peek();
        next != null && next.deadline - now <= 0;
        next = timers.peek()) {
      timers.poll();
      guarded(next);
    }
  }

  private void runTasks() {
    synchronized (lock) {
      ArrayDeque<Runnable> swap = queued;
      queued = running;
      running = swap;
    }
    for (Runnable task = running.poll(); task != null; task = running.poll()) {
      guarded(task);
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void add(Task timer) {
    timers.add(timer);
    if (timers.size() > sweepAt) {
      timers.removeIf(Task::cancelled);
      sweepAt = Math.max(64, 2 * timers.size());
    }
  }

  private void end() {
    synchronized (lock) {
      closed = true;
    }
    runTasks();
    timers.clear();
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      log.warn("could not close event loop cleanly loop={}", thread.getName(), e);
    }
  }

  /** A timer; cancelled ones stay in the heap, empty, until due or swept. */
  private static final class Task implements Timer, Runnable, Comparable<Task> {
    private final long deadline;
    private final long sequence;
    private volatile @Nullable Runnable work;

    Task(long deadline, long sequence, Runnable work) {
      this.deadline = deadline;
      this.sequence = sequence;
      this.work = work;
    }

    @Override
    public void cancel() {
      work = null;
    }

    boolean cancelled() {
      return work == null;
    }

    @Override
    public void run() {
      Runnable due = work;
      work = null;
      if (due != null) {
        due.run();
      }
    }

    @Override
    public int compareTo(Task other) {
      int order = Long.signum(deadline - other.deadline);
      return order != 0 ? order : Long.compare(sequence, other.sequence);
    }
  }
}
