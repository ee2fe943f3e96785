package community.cloudy.containers.engine;

import java.time.Duration;
import java.util.function.Function;

/**
 * Something that goes on until it ends or is closed; it holds one connection and one thread. May be
 * used from any thread.
 */
public interface EngineStream extends AutoCloseable {
  /**
   * Hears what comes, on the stream's thread. If it takes its time, the engine waits.
   *
   * @param <T> what comes
   */
  interface Listener<T> {
    /** Takes the next. */
    void next(T item);

    /** Nothing more will come: the stream is at its end or was closed. */
    default void ended() {}

    /** Nothing more will come, since it failed. */
    default void failed(EngineException reason) {}

    /** Returns a listener that hands on what it hears, made into what this one takes. */
    default <S> Listener<S> from(Function<S, T> made) {
      Listener<T> next = this;
      return new Listener<>() {
        @Override
        public void next(S item) {
          next.next(made.apply(item));
        }

        @Override
        public void ended() {
          next.ended();
        }

        @Override
        public void failed(EngineException reason) {
          next.failed(reason);
        }
      };
    }
  }

  /** Returns whether nothing more will come. */
  boolean isDone();

  /**
   * Waits until nothing more will come.
   *
   * @return whether that is so; else the time is over
   * @throws EngineException what the stream failed with
   */
  boolean await(Duration atMost);

  /** Ends it: frees its connection and, soon, its thread. */
  @Override
  void close();
}
