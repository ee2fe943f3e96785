package community.cloudy.agent.api;

import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.EngineStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Streams of several containers as one, in the order in which they tell; it ends with the last of
 * them.
 *
 * @param <T> what they tell
 */
final class MergedStream<T> implements EngineStream {
  private final Listener<T> listener;
  private final List<EngineStream> streams = new ArrayList<>();
  private int left;
  private @Nullable EngineException failure;

  private MergedStream(int count, Listener<T> listener) {
    left = count;
    this.listener = listener;
  }

  /** Opens all {@code sources}; if one cannot be, none is. */
  static <T> EngineStream open(
      List<Function<Listener<T>, EngineStream>> sources, Listener<T> listener) {
    MergedStream<T> merged = new MergedStream<>(sources.size(), listener);
    try {
      sources.forEach(source -> merged.streams.add(source.apply(merged.part())));
    } catch (RuntimeException e) {
      merged.close();
      throw e;
    }
    if (sources.isEmpty()) {
      listener.ended();
    }
    return merged;
  }

  private Listener<T> part() {
    return new Listener<>() {
      @Override
      public void next(T item) {
        listener.next(item);
      }

      @Override
      public void ended() {
        over(null);
      }

      @Override
      public void failed(EngineException reason) {
        over(reason);
      }
    };
  }

  private void over(@Nullable EngineException reason) {
    EngineException first;
    synchronized (this) {
      failure = failure == null ? reason : failure;
      first = failure;
      if (--left > 0) {
        return;
      }
    }
    if (first == null) {
      listener.ended();
    } else {
      listener.failed(first);
    }
  }

  @Override
  public boolean isDone() {
    return streams.stream().allMatch(EngineStream::isDone);
  }

  /** Waits for each of them so long. */
  @Override
  public boolean await(Duration atMost) {
    return streams.stream().allMatch(stream -> stream.await(atMost));
  }

  @Override
  public void close() {
    streams.forEach(EngineStream::close);
  }
}
