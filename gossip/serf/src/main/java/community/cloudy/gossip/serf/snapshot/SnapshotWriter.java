package community.cloudy.gossip.serf.snapshot;

import community.cloudy.gossip.serf.snapshot.SnapshotState.Clocks;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers changes from any thread and writes them from its own.
 *
 * <p>The lock is only ever held for work in memory. If changes pile up behind a stuck disk they are
 * dropped and the file is later rewritten from the set itself, which is all that matters.
 */
final class SnapshotWriter implements AutoCloseable {
  static final int MAX_PENDING = 4096;

  private static final Logger log = LoggerFactory.getLogger(SnapshotWriter.class);
  private static final long FLUSH_MILLIS = 500;
  private static final long RETRY_MILLIS = 5_000;
  private static final long CLOSE_SECONDS = 10;
  private static final long LOG_INTERVAL_NANOS = 60_000_000_000L;
  private static final long BYTES_PER_MEMBER = 128 * 2;
  private static final byte[] LEAVE = "leave\n".getBytes(StandardCharsets.US_ASCII);

  private final Object lock = new Object();
  private final SnapshotState live;
  private final SnapshotLog file;
  private final long minCompactBytes;
  private final boolean rejoinAfterLeave;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "serf-snapshot"));
  private final Callable<Boolean> writing = this::writeAll;
  private Map<Bytes, Optional<Endpoint>> pending = new LinkedHashMap<>();
  private boolean clocksChanged;
  private boolean leaving;
  private boolean leaveWritten;
  private boolean rewrite;
  private boolean scheduled;
  private boolean closed;
  private long refused;
  private volatile @Nullable String problem;

  // The writer thread's own.
  private long compactedBytes;
  private long lastLogged = System.nanoTime() - LOG_INTERVAL_NANOS;

  SnapshotWriter(
      SnapshotState live, SnapshotLog file, long minCompactBytes, boolean rejoinAfterLeave) {
    this.live = live;
    this.file = file;
    this.minCompactBytes = minCompactBytes;
    this.rejoinAfterLeave = rejoinAfterLeave;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * What one write has to do.
   *
   * @param lines to append
   * @param whole to write instead of everything, if present
   */
  private record Batch(
      Map<Bytes, Optional<Endpoint>> lines,
      Optional<Clocks> clocks,
      Optional<SnapshotState> whole,
      boolean leave) {
    boolean isEmpty() {
      return lines.isEmpty() && clocks.isEmpty() && whole.isEmpty() && !leave;
    }
  }

  void alive(Bytes name, Endpoint endpoint) {
    synchronized (lock) {
      if (leaving || endpoint.equals(live.alive().get(name))) {
        return;
      }
      if (live.add(name, endpoint)) {
        changed(name, Optional.of(endpoint));
      } else {
        refused++;
      }
    }
  }

  void notAlive(Bytes name) {
    synchronized (lock) {
      if (!leaving && live.alive().remove(name) != null) {
        changed(name, Optional.empty());
      }
    }
  }

  void clocks(Clocks seen) {
    synchronized (lock) {
      Clocks larger = live.clocks().max(seen);
      if (!leaving && !larger.equals(live.clocks())) {
        live.clocks(larger);
        clocksChanged = true;
        schedule(FLUSH_MILLIS);
      }
    }
  }

  void leave() {
    synchronized (lock) {
      if (!leaving) {
        leaving = true;
        if (!rejoinAfterLeave) {
          live.clear();
        }
        scheduled = false;
        schedule(0);
      }
    }
  }

  /** Writes the whole set anew, soon. */
  void rewrite() {
    synchronized (lock) {
      rewrite = true;
      schedule(0);
    }
  }

  long refused() {
    synchronized (lock) {
      return refused;
    }
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  boolean flush() {
    try {
      return thread.submit(writing).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | RejectedExecutionException e) {
      log.debug("could not flush the snapshot", e);
      return false;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    thread.execute(this::finish);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.error("snapshot not finished, the disk does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void changed(Bytes name, Optional<Endpoint> endpoint) {
    pending.put(name, endpoint);
    if (pending.size() > MAX_PENDING) {
      rewrite = true;
      pending.clear();
    }
    schedule(FLUSH_MILLIS);
  }

  private void schedule(long delayMillis) {
    if (!scheduled && !closed) {
      scheduled = true;
      // It deals with its own failures.
      var unused = thread.schedule(writing, delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** Takes all changes off the set; on the writer thread. */
  private Batch take(boolean compact) {
    synchronized (lock) {
      scheduled = false;
      boolean whole = rewrite || compact;
      Batch batch =
          new Batch(
              whole ? Map.of() : pending,
              clocksChanged && !whole ? Optional.of(live.clocks()) : Optional.empty(),
              whole ? Optional.of(live.copy()) : Optional.empty(),
              leaving && (whole || !leaveWritten));
      pending = new LinkedHashMap<>();
      clocksChanged = false;
      rewrite = false;
      return batch;
    }
  }

  private boolean writeAll() {
    try {
      write(take(false));
      if (tooLarge()) {
        write(take(true));
      }
      problem = null;
      return true;
    } catch (IOException | RuntimeException e) {
      failed(e);
      return false;
    }
  }

  private void write(Batch batch) throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    batch.whole().ifPresent(state -> out.writeBytes(state.lines()));
    batch.lines().forEach((name, to) -> SnapshotState.writeMember(out, name, to));
    batch.clocks().ifPresent(clocks -> SnapshotState.writeClocks(out, clocks));
    if (batch.leave()) {
      out.writeBytes(LEAVE);
    }
    if (batch.whole().isPresent()) {
      file.replace(out.toByteArray());
      compactedBytes = out.size();
    } else {
      file.append(out.toByteArray());
    }
    if (batch.leave()) {
      file.sync();
      synchronized (lock) {
        leaveWritten = true;
      }
    }
  }

  /** Twice the compacted size too, else a set of long names would be rewritten at every change. */
  private boolean tooLarge() throws IOException {
    long members;
    synchronized (lock) {
      members = live.alive().size();
    }
    long threshold = Math.max(minCompactBytes, members * BYTES_PER_MEMBER);
    return file.size() > Math.max(threshold, 2 * compactedBytes);
  }

  private void failed(Exception cause) {
    problem = Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
    long now = System.nanoTime();
    if (now - lastLogged >= LOG_INTERVAL_NANOS) {
      lastLogged = now;
      log.error("could not write the snapshot, will go on trying", cause);
    }
    synchronized (lock) {
      // The file may now end within a line, or lack some.
      rewrite = true;
      schedule(RETRY_MILLIS);
    }
  }

  private void finish() {
    boolean written = writeAll();
    try {
      if (written) {
        file.sync();
      }
      file.close();
    } catch (IOException e) {
      log.error("could not close the snapshot", e);
    }
  }
}
