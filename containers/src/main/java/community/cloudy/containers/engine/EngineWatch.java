package community.cloudy.containers.engine;

import com.github.dockerjava.api.model.Event;
import community.cloudy.containers.engine.EngineException.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the engine's events for as long as somebody listens, on a thread of its own, and connects
 * again when the engine comes back. It goes on from the last event it has heard; what an engine has
 * forgotten over its restart, listeners see when they look anew.
 */
final class EngineWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineWatch.class);
  private static final int MAX_QUEUE = 10_000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(30);

  /** Checks of health run commands, and each is three events: they are not asked for. */
  private static final String[] ACTIONS = {
    "create",
    "start",
    "die",
    "oom",
    "stop",
    "kill",
    "pause",
    "unpause",
    "restart",
    "rename",
    "update",
    "destroy",
    "health_status",
    "pull",
    "tag",
    "untag",
    "delete",
    "import",
    "load",
    "prune",
    "connect",
    "disconnect",
    "remove"
  };

  private final Connection connection;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final List<EngineListener> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Signal> queue = new ArrayBlockingQueue<>(MAX_QUEUE);
  private volatile @Nullable Thread thread;
  private volatile @Nullable EngineStatus status;
  private Optional<Instant> heard = Optional.empty();

  /** What the reading thread waits for. */
  private sealed interface Signal {}

  private record Happened(EngineEvent event) implements Signal {}

  private record Over(EngineException reason) implements Signal {}

  EngineWatch(Connection connection, InstantSource clock, RandomGenerator random) {
    this.connection = connection;
    this.clock = clock;
    this.random = random;
    connection.whenLost(() -> over(gone("the engine does not answer")));
  }

  /** Returns what is known, if somebody listens. */
  Optional<EngineStatus> status() {
    return Optional.ofNullable(status);
  }

  synchronized Runnable listen(EngineListener listener) {
    listeners.add(listener);
    EngineStatus known = status;
    if (known != null) {
      tell(() -> listener.status(known));
    }
    if (thread == null) {
      Thread fresh = new Thread(this::watch, "engine-events");
      fresh.setDaemon(true);
      thread = fresh;
      fresh.start();
    }
    return () -> leave(listener);
  }

  private synchronized void leave(EngineListener listener) {
    listeners.remove(listener);
    if (listeners.isEmpty()) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    Thread running = thread;
    thread = null;
    status = null;
    if (running != null) {
      running.interrupt();
    }
  }

  private boolean isMine() {
    return thread == Thread.currentThread();
  }

  private void watch() {
    int failures = 0;
    while (isMine()) {
      try {
        queue.clear();
        try (EngineStream events = open()) {
          failures = 0;
          say(new EngineStatus.Ok(clock.instant(), connection.open("use the engine").version()));
          read(events);
        }
        if (isMine()) {
          pause(failures++);
        }
      } catch (EngineException e) {
        if (isMine() && e.code() != Code.INTERRUPTED) {
          say(unknown(e));
          pause(failures++);
        }
      }
    }
  }

  private EngineStream open() {
    EngineStream.Listener<Event> hearer =
        new EngineStream.Listener<>() {
          @Override
          public void next(Event event) {
            if (!queue.offer(new Happened(read(Raw.of(event))))) {
              // Rather look anew at everything than believe a part.
              throw new EngineException(Code.FAILED, "The engine has too much to tell.");
            }
          }

          @Override
          public void ended() {
            over(gone("the engine has ended the connection"));
          }

          @Override
          public void failed(EngineException reason) {
            over(reason);
          }
        };
    Optional<String> since = heard.map(EngineWatch::since);
    return connection.stream(
        "read the engine's events",
        hearer,
        (client, feed) -> {
          var command = client.eventsCmd().withEventFilter(ACTIONS);
          since.ifPresent(command::withSince);
          command.exec(feed);
        });
  }

  private void over(EngineException reason) {
    if (!queue.offer(new Over(reason))) {
      queue.clear();
      queue.offer(new Over(reason));
    }
  }

  private static EngineException gone(String reason) {
    return new EngineException(Code.UNAVAILABLE, "Could not use the engine: " + reason + ".");
  }

  /** Returns an instant as the engine takes it: seconds and nanoseconds. */
  static String since(Instant at) {
    return "%d.%09d".formatted(at.getEpochSecond(), at.getNano());
  }

  private static EngineEvent read(Raw raw) {
    long nanos = raw.number("timeNano");
    Raw actor = raw.object("Actor");
    return new EngineEvent(
        Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000),
        raw.text("Type"),
        Words.clean(raw.text("Action"), 100),
        actor.text("ID"),
        actor.textMap("Attributes"));
  }

  /** Tells events until the stream is over; that is a failure, unless nobody listens any more. */
  private void read(EngineStream events) {
    try {
      while (isMine() && !(events.isDone() && queue.isEmpty())) {
        Signal signal = queue.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        if (signal == null) {
          connection.ask("use the engine", client -> client.pingCmd().exec());
        } else if (signal instanceof Happened happened) {
          heard = Optional.of(happened.event.at());
          listeners.forEach(listener -> tell(() -> listener.event(happened.event)));
        } else if (signal instanceof Over over) {
          throw over.reason;
        }
      }
    } catch (InterruptedException e) {
      throw new EngineException(Code.INTERRUPTED, "Nobody listens any more.", e);
    }
  }

  private void say(EngineStatus fresh) {
    EngineStatus before = status;
    boolean same =
        before instanceof EngineStatus.Unknown old
            && fresh instanceof EngineStatus.Unknown now
            && old.reason().equals(now.reason());
    if (same || !isMine()) {
      return;
    }
    status = fresh;
    if (fresh instanceof EngineStatus.Unknown now) {
      log.info("The engine cannot be used reason=\"{}\"", now.reason());
    } else {
      log.info("The engine can be used");
    }
    listeners.forEach(listener -> tell(() -> listener.status(fresh)));
  }

  EngineStatus.Unknown unknown(EngineException e) {
    return new EngineStatus.Unknown(clock.instant(), e.code(), e.getMessage());
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.error("A listener to the engine has failed", e);
    }
  }

  private void pause(int failures) {
    try {
      Thread.sleep(pauseAfter(failures, random).toMillis());
    } catch (InterruptedException e) {
      // Nobody listens any more: the loop looks.
    }
  }

  /** Returns how long to wait after so many failures: twice as long each time, and spread. */
  static Duration pauseAfter(int failures, RandomGenerator random) {
    long doubled = FIRST_PAUSE.toMillis() << Math.min(failures, 16);
    long most = Math.min(doubled, LAST_PAUSE.toMillis());
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }
}
