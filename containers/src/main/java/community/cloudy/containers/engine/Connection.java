package community.cloudy.containers.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import community.cloudy.containers.engine.EngineException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the engine: one client for requests, one for streams, made when first needed, dropped
 * when the engine does not answer, and made again by the next request. May be used from any thread.
 *
 * <p>A unix socket knows no read timeout in Java, so that a watchdog closes the client of a request
 * that takes too long; requests that ran beside it fail, and those that only ask are asked again.
 */
final class Connection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final EngineConfig config;
  private final Semaphore permits;
  private final ScheduledThreadPoolExecutor watchdog;
  private final CopyOnWriteArrayList<Runnable> whenLost = new CopyOnWriteArrayList<>();
  private @Nullable Opened opened;
  private boolean closed;

  Connection(EngineConfig config) {
    this.config = config;
    permits = new Semaphore(config.streams());
    watchdog =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "engine-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    watchdog.setRemoveOnCancelPolicy(true);
    watchdog.setKeepAliveTime(10, TimeUnit.SECONDS);
    watchdog.allowCoreThreadTimeOut(true);
  }

  /**
   * A pair of clients that speak one version.
   *
   * @param requests for what is answered at once
   * @param streams for what goes on: its connections are not shared with requests, so that many
   *     streams cannot starve them
   * @param http under {@code requests}
   */
  record Opened(
      DockerClient requests, DockerClient streams, DockerHttpClient http, EngineVersion version) {}

  /** Has {@code listener} called when the engine turns out not to answer. */
  void whenLost(Runnable listener) {
    whenLost.add(listener);
  }

  /** Asks what can be asked twice. */
  <T> T ask(String action, Function<DockerClient, T> question) {
    return askOn(action, opened -> question.apply(opened.requests));
  }

  /** Asks what can be asked twice, of both clients. */
  <T> T askOn(String action, Function<Opened, T> question) {
    try {
      return once(action, config.timeout(), question);
    } catch (EngineException e) {
      boolean broken = e.getCause() != null && !(e.getCause() instanceof TimeoutException);
      if (e.code() != Code.UNAVAILABLE || !broken) {
        throw e;
      }
      // The connection may be one from before the engine was restarted.
      return once(action, config.timeout(), question);
    }
  }

  /**
   * Has something changed, once.
   *
   * @param grace how long the engine may take over the usual timeout
   */
  <T> T change(String action, Duration grace, Function<DockerClient, T> command) {
    ask(action, client -> client.pingCmd().exec());
    return once(action, config.timeout().plus(grace), opened -> command.apply(opened.requests));
  }

  <T> T change(String action, Function<DockerClient, T> command) {
    return change(action, Duration.ZERO, command);
  }

  private <T> T once(String action, Duration atMost, Function<Opened, T> command) {
    Opened current = open(action);
    try {
      return within(action, atMost, () -> lost(current), () -> command.apply(current));
    } catch (EngineException e) {
      if (e.code() == Code.UNAVAILABLE) {
        lost(current);
      }
      throw e;
    }
  }

  /** Does {@code work}; after {@code atMost} gives it up by {@code cut}, which makes it fail. */
  private <T> T within(String action, Duration atMost, Runnable cut, Supplier<T> work) {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> watch =
        watchdog.schedule(
            () -> {
              late.set(true);
              cut.run();
            },
            atMost.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw Failures.of(action, late.get() ? new TimeoutException("no answer") : e);
    } finally {
      watch.cancel(false);
    }
  }

  /** Returns the clients; asks the engine's version if there are none. */
  Opened open(String action) {
    synchronized (this) {
      if (opened != null) {
        return opened;
      }
      if (closed) {
        throw new EngineException(Code.UNAVAILABLE, "The node is stopping.");
      }
    }
    if (!Files.exists(config.socket())) {
      throw new EngineException(
          Code.UNAVAILABLE, Failures.sentence(action, Failures.Reason.ABSENT));
    }
    Opened fresh = negotiate(action);
    synchronized (this) {
      if (opened == null && !closed) {
        opened = fresh;
        log.info(
            "Connected to the engine version={} api={} socket={}",
            fresh.version.engine(),
            fresh.version.api(),
            config.socket());
        return fresh;
      }
    }
    close(fresh);
    return open(action);
  }

  private Opened negotiate(String action) {
    DockerHttpClient http = httpClient();
    try {
      return within(action, config.timeout(), () -> close(http), () -> negotiated(http));
    } catch (EngineException e) {
      close(http);
      throw e;
    }
  }

  private Opened negotiated(DockerHttpClient http) {
    DockerClient any =
        DockerClientImpl.getInstance(settings(RemoteApiVersion.UNKNOWN_VERSION), http);
    EngineVersion version = Negotiation.version(Raw.of(any.versionCmd().exec()));
    DockerClientConfig settings = settings(RemoteApiVersion.parseConfig(version.api()));
    return new Opened(
        DockerClientImpl.getInstance(settings, http),
        DockerClientImpl.getInstance(settings, httpClient()),
        http,
        version);
  }

  private DockerHttpClient httpClient() {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(java.net.URI.create("unix://" + config.socket()))
        .build();
  }

  private DockerClientConfig settings(RemoteApiVersion version) {
    // The folder with somebody's own docker settings is no business of the agent's.
    return DefaultDockerClientConfig.createDefaultConfigBuilder()
        .withDockerHost("unix://" + config.socket())
        .withDockerTlsVerify(false)
        .withDockerConfig("/dev/null")
        .withRegistryUsername(null)
        .withApiVersion(version)
        .build();
  }

  /** Drops {@code dead}, if that is still what is used. */
  void lost(Opened dead) {
    synchronized (this) {
      if (dead.equals(opened)) {
        opened = null;
      }
    }
    close(dead);
    whenLost.forEach(Runnable::run);
  }

  /**
   * Takes the right to one more stream.
   *
   * @return what gives it back, once
   */
  Runnable permit(String action) {
    if (!permits.tryAcquire()) {
      throw new EngineException(
          Code.UNAVAILABLE,
          "Could not "
              + action
              + ": "
              + config.streams()
              + " logs, statistics and pulls are open already. Close one.");
    }
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        permits.release();
      }
    };
  }

  /**
   * Opens a stream.
   *
   * @param start gives the feed to docker-java
   */
  <A> Feed<A> stream(String action, EngineStream.Listener<A> listener, StreamCommand<A> start) {
    // A question first, so that the client is one that works.
    ask(action, client -> client.pingCmd().exec());
    Opened current = open(action);
    Feed<A> feed = new Feed<>(action, permit(action), listener);
    try {
      start.start(current.streams, feed);
      feed.awaitStarted(config.timeout());
      return feed;
    } catch (EngineException e) {
      feed.close();
      if (e.code() == Code.UNAVAILABLE) {
        lost(current);
      }
      throw e;
    }
  }

  /** Starts a stream whose items go to a feed. */
  interface StreamCommand<A> {
    void start(DockerClient client, Feed<A> feed);
  }

  EngineConfig config() {
    return config;
  }

  @Override
  public void close() {
    Opened last;
    synchronized (this) {
      closed = true;
      last = opened;
      opened = null;
    }
    if (last != null) {
      close(last);
    }
    watchdog.shutdownNow();
  }

  private static void close(Opened clients) {
    close(clients.requests);
    close(clients.streams);
  }

  private static void close(java.io.Closeable client) {
    try {
      client.close();
    } catch (IOException e) {
      log.debug("Could not close a connection to the engine", e);
    }
  }
}
