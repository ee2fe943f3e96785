package community.cloudy.containers.engine;

import com.github.dockerjava.api.async.ResultCallback;
import community.cloudy.containers.engine.EngineException.Code;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A stream of docker-java's, which gives it a thread and a connection.
 *
 * @param <A> docker-java's items
 */
final class Feed<A> implements ResultCallback<A>, EngineStream {
  private final String action;
  private final Runnable permit;
  private final Listener<A> listener;
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicBoolean finishing = new AtomicBoolean();
  private volatile boolean closed;
  private volatile @Nullable Closeable connection;
  private volatile @Nullable EngineException failure;

  Feed(String action, Runnable permit, Listener<A> listener) {
    this.action = action;
    this.permit = permit;
    this.listener = listener;
  }

  @Override
  public void onStart(Closeable closeable) {
    connection = closeable;
    started.countDown();
    if (closed) {
      hangUp();
    }
  }

  @Override
  public void onNext(A item) {
    if (closed || finishing.get()) {
      return;
    }
    try {
      listener.next(item);
    } catch (RuntimeException e) {
      finish(Failures.of(action, e));
      hangUp();
    }
  }

  @Override
  public void onError(Throwable reason) {
    finish(Failures.of(action, reason));
  }

  @Override
  public void onComplete() {
    finish(null);
  }

  private void finish(@Nullable EngineException reason) {
    if (!finishing.compareAndSet(false, true)) {
      return;
    }
    // Hanging up interrupts this thread, which is not meant for what comes after.
    boolean unused = Thread.interrupted();
    boolean heard = started.getCount() == 0;
    failure = closed ? null : reason;
    permit.run();
    try {
      if (heard && failure != null) {
        listener.failed(failure);
      } else if (heard) {
        listener.ended();
      }
    } finally {
      finished.countDown();
      started.countDown();
    }
  }

  /** Waits for the engine's first answer; fails with what it is, if it is a failure. */
  void awaitStarted(Duration atMost) {
    if (!await(started, atMost, action)) {
      throw Failures.of(action, new TimeoutException("no answer"));
    }
    throwFailure();
  }

  @Override
  public boolean isDone() {
    return finished.getCount() == 0;
  }

  @Override
  public boolean await(Duration atMost) {
    boolean over = await(finished, atMost, action);
    if (over) {
      throwFailure();
    }
    return over;
  }

  private void throwFailure() {
    EngineException reason = failure;
    if (reason != null) {
      throw reason;
    }
  }

  /** Waits for {@code latch}; tells whether it came to it. */
  static boolean await(CountDownLatch latch, Duration atMost, String action) {
    try {
      return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Code.INTERRUPTED, "Could not " + action + ": interrupted.", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    hangUp();
  }

  private void hangUp() {
    Closeable open = connection;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        finish(Failures.of(action, e));
      }
    }
  }
}
