package community.cloudy.containers.engine;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import community.cloudy.containers.engine.EngineException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A log, read on when its container is started again: the engine ends its own stream with the
 * container. Between two runs the connection waits for the event of a start instead.
 *
 * <p>Everything but {@link #close} and {@link #await} happens on the thread of the feed of the
 * moment, and one feed ends before the next begins.
 */
final class LogStream implements EngineStream {
  private final Connection connection;
  private final String id;
  private final LogOptions options;
  private final Listener<LogLine> listener;
  private final String action;
  private final CountDownLatch finished = new CountDownLatch(1);

  /** The time of the last line of each stream that was told. */
  private final Map<LogLine.Stream, Instant> latest = new EnumMap<>(LogLine.Stream.class);

  /** The same, when the feed of the moment began. */
  private final Map<LogLine.Stream, Instant> seen = new EnumMap<>(LogLine.Stream.class);

  private boolean resumed;
  private final Object lock = new Object();
  private boolean closed;
  private int turns;
  private int turn;
  private @Nullable Feed<?> feed;
  private volatile @Nullable EngineException failure;

  LogStream(Connection connection, String id, LogOptions options, Listener<LogLine> listener) {
    this.connection = connection;
    this.id = id;
    this.options = options;
    this.listener = listener;
    action = "read the log of the container " + id.substring(0, Math.min(12, id.length()));
  }

  /** Opens it; fails if that cannot be. */
  void open() {
    read(options.since(), options.tail());
  }

  private void read(Optional<Instant> since, int tail) {
    int mine = nextTurn();
    LogFrames frames = new LogFrames(this::give);
    Listener<Frame> reader =
        new Listener<>() {
          @Override
          public void next(Frame frame) {
            frames.next(frame);
          }

          @Override
          public void ended() {
            frames.end();
            resume();
          }

          @Override
          public void failed(EngineException reason) {
            finish(reason);
          }
        };
    use(
        mine,
        connection.stream(
            action,
            reader,
            (client, sink) -> {
              var command =
                  client
                      .logContainerCmd(id)
                      .withTimestamps(true)
                      .withFollowStream(options.follow())
                      .withStdOut(options.stdout())
                      .withStdErr(options.stderr());
              since.ifPresent(from -> command.withSince(seconds(from)));
              if (tail < LogOptions.MAX_TAIL) {
                command.withTail(tail);
              }
              command.exec(sink);
            }));
  }

  private static int seconds(Instant from) {
    return (int) Math.min(Math.max(from.getEpochSecond(), 0), Integer.MAX_VALUE);
  }

  private void give(LogLine line) {
    // The engine takes whole seconds: read on, it tells again what was in the last one.
    boolean old = options.since().map(line.at()::isBefore).orElse(false);
    boolean again = resumed && line.at().compareTo(seenOf(line)) <= 0;
    if (!old && !again) {
      listener.next(line);
      latest.merge(line.stream(), line.at(), (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  private Instant seenOf(LogLine line) {
    return seen.getOrDefault(line.stream(), Instant.MIN);
  }

  private void resume() {
    if (!options.follow() || isClosed()) {
      finish(null);
      return;
    }
    try {
      ContainerDetail detail =
          connection.ask(
              action,
              client -> ContainerReader.detail(Raw.of(client.inspectContainerCmd(id).exec())));
      resumed = true;
      seen.putAll(latest);
      if (detail.summary().state().isUp()) {
        readOn(detail);
      } else {
        awaitStart(detail);
      }
    } catch (EngineException e) {
      finish(e.code() == Code.NOT_FOUND ? null : e);
    }
  }

  private void readOn(ContainerDetail detail) {
    Instant from =
        seen.values().stream().max(Instant::compareTo).or(detail::finishedAt).orElse(Instant.EPOCH);
    read(Optional.of(from), LogOptions.MAX_TAIL);
  }

  private void awaitStart(ContainerDetail detail) {
    int mine = nextTurn();
    Instant since = detail.finishedAt().orElse(detail.summary().created());
    AtomicBoolean seenIt = new AtomicBoolean();
    Listener<Event> waiter =
        new Listener<>() {
          @Override
          public void next(Event event) {
            // Either way it is time to look again.
            seenIt.set(true);
            hangUp(mine);
          }

          @Override
          public void ended() {
            resume();
          }

          @Override
          public void failed(EngineException reason) {
            finish(reason);
          }
        };
    Feed<Event> waiting =
        connection.stream(
            action,
            waiter,
            (client, sink) ->
                client
                    .eventsCmd()
                    .withContainerFilter(id)
                    .withEventFilter("start", "destroy")
                    .withSince(EngineWatch.since(since))
                    .exec(sink));
    use(mine, waiting);
    if (seenIt.get()) {
      // It may have come before there was something to hang up.
      waiting.close();
    }
  }

  private int nextTurn() {
    synchronized (lock) {
      return ++turns;
    }
  }

  /** Keeps the feed of a turn, unless it is over and that of a later one is there already. */
  private void use(int mine, Feed<?> next) {
    boolean late;
    synchronized (lock) {
      if (mine > turn) {
        turn = mine;
        feed = next;
      }
      late = closed;
    }
    if (late) {
      next.close();
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private void finish(@Nullable EngineException reason) {
    failure = isClosed() ? null : reason;
    try {
      if (failure != null) {
        listener.failed(failure);
      } else {
        listener.ended();
      }
    } finally {
      finished.countDown();
    }
  }

  @Override
  public boolean isDone() {
    return finished.getCount() == 0;
  }

  @Override
  public boolean await(Duration atMost) {
    boolean over = Feed.await(finished, atMost, action);
    EngineException reason = failure;
    if (over && reason != null) {
      throw reason;
    }
    return over;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    hangUp();
  }

  /** Ends the feed of a turn; the one before it may still be at work to begin this. */
  private void hangUp(int mine) {
    boolean begun;
    synchronized (lock) {
      begun = turn == mine;
    }
    if (begun) {
      hangUp();
    }
  }

  private void hangUp() {
    Feed<?> current;
    synchronized (lock) {
      current = feed;
    }
    if (current != null) {
      current.close();
    }
  }
}
