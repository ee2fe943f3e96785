package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.graphs.settings.SnmpSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls devices by SNMP, each cycle all that have an address and a credential. Runs on one thread
 * of its own, and two of the library for each credential. May be used from any thread.
 */
public final class Poller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final long TICK_MILLIS = 100;
  private static final long STOP_SECONDS = 5;

  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "graphs-snmp");
            thread.setDaemon(true);
            return thread;
          });
  private final Supplier<Inventory> listed;
  private final Numbering numbering;
  private final Polling polling;
  private volatile SnmpSettings settings;
  private volatile Session session;

  /**
   * Reads the credentials' secrets; asks nobody before {@link #start}.
   *
   * @param interval from the begin of a cycle to the next, at least 1 s
   * @param listed the devices as their sources name them, asked for as each cycle begins
   * @param sink is given what was measured, on the polling thread, which it must not hold up
   */
  public Poller(
      SnmpSettings settings,
      List<CredentialSettings> credentials,
      Duration interval,
      Supplier<Inventory> listed,
      Numbering numbering,
      Consumer<List<Sample>> sink,
      InstantSource clock) {
    this.settings = settings;
    this.listed = listed;
    this.numbering = numbering;
    session = new Session(settings, credentials, loop);
    polling =
        new Polling(
            (device, question) -> session.ask(device, question),
            listed,
            numbering,
            sink,
            clock,
            interval,
            settings.maxRepetitions());
  }

  /** Begins the first cycle. */
  public void start() {
    var unused = loop.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      polling.tick();
    } catch (RuntimeException e) {
      LOG.error("event=cycle_failed", e); // The next one must come all the same.
    }
  }

  /** Goes over to other settings, with secrets read anew; a new cycle begins at once. */
  public void reload(SnmpSettings other, List<CredentialSettings> credentials, Duration interval) {
    loop.execute(
        () -> {
          session.close();
          settings = other;
          session = new Session(other, credentials, loop);
          polling.set(interval, other.maxRepetitions());
        });
  }

  /** Returns how a device is; empty if it is not polled. */
  public Optional<DeviceState> state(String device) {
    return polling.state(device);
  }

  /** Returns how all devices are that are polled. */
  public Collection<DeviceState> states() {
    return polling.states();
  }

  /** Returns how the cycle goes, or went if none has begun since. */
  public Optional<Cycle> cycle() {
    return polling.cycle();
  }

  /** Returns how many requests were made since the settings were read, without repetitions. */
  public long requests() {
    return session.requests();
  }

  /** Asks a device that rests since it was silent at once: it was seen to be there. */
  public void wake(String device) {
    loop.execute(() -> polling.wake(device));
  }

  /**
   * Looks at a device at once; blocks for as long as that takes, a minute at most.
   *
   * @param device the id of one that is watched; nothing else is ever asked
   * @return what was looked at, up to where it goes wrong; empty if it is not watched
   */
  public List<Step> test(String device) {
    return listed.get().device(device).map(this::test).orElse(List.of());
  }

  private List<Step> test(Device device) {
    // On the polling thread, for settings that were just changed are gone over to there.
    CompletableFuture<List<Step>> steps =
        CompletableFuture.completedFuture(device).thenComposeAsync(this::look, loop);
    try {
      return steps.get(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(new Step("answer", false, "It was interrupted."));
    } catch (ExecutionException | TimeoutException e) {
      return List.of(new Step("answer", false, "It did not come to an end within a minute."));
    }
  }

  private CompletableFuture<List<Step>> look(Device device) {
    return new Trial(session, device, numbering, settings.maxRepetitions()).go();
  }

  @Override
  public void close() {
    loop.execute(session::close);
    loop.shutdown();
    try {
      if (!loop.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        loop.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      loop.shutdownNow();
    }
  }
}
