package community.cloudy.services.graphs.ping;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.settings.PingSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings all devices, each address once a round. That none of the requests was answered is a sample
 * too: 100 % loss. Runs on a thread of its own; may be used from any.
 */
public final class Pinger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pinger.class);
  private static final long STOP_SECONDS = 5;

  private final Supplier<List<Device>> devices;
  private final Consumer<List<Sample>> sink;
  private final Consumer<String> returned;
  private final InstantSource clock;
  private final Programs programs;
  private final Map<String, Reachability> states = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "graphs-ping");
            made.setDaemon(true);
            return made;
          });
  private Future<?> rounds = CompletableFuture.completedFuture(null);
  private volatile PingSettings settings;
  private volatile Optional<String> problem = Optional.empty();

  /**
   * Whether a device answers echo requests.
   *
   * @param up whether it answered any of the last
   * @param since since when it is so
   * @param last what was measured last
   */
  public record Reachability(boolean up, Instant since, Sample.Ping last) {}

  /**
   * Makes one; pings nobody before {@link #start}.
   *
   * @param folder an existing folder for the list of addresses
   * @param devices whom to ping, asked for as each round begins
   * @param sink is given what was measured
   * @param returned is told the id of each device that answers again
   */
  public Pinger(
      PingSettings settings,
      Path folder,
      Supplier<List<Device>> devices,
      Consumer<List<Sample>> sink,
      Consumer<String> returned,
      InstantSource clock) {
    this.settings = settings;
    this.devices = devices;
    this.sink = sink;
    this.returned = returned;
    this.clock = clock;
    programs = new Programs(folder);
  }

  /** Begins the first round, then one each {@code interval}. */
  public synchronized void start(Duration interval) {
    rounds = thread.scheduleAtFixedRate(this::round, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Goes over to other settings; a new round begins once the one that is going on is over. */
  public synchronized void reload(PingSettings other, Duration interval) {
    settings = other;
    rounds.cancel(false);
    start(interval);
  }

  /** Returns whether a device answers; empty if it was not pinged yet. */
  public Optional<Reachability> state(String device) {
    return Optional.ofNullable(states.get(device));
  }

  /** Returns why the last round could not be; empty if it could. */
  public Optional<String> problem() {
    return problem;
  }

  /** Does a round and waits for its end. */
  void round() {
    try {
      if (settings.enabled()) {
        ping(devices.get());
      } else {
        states.clear();
      }
      problem = Optional.empty();
    } catch (IOException e) {
      Optional<String> why = Optional.of("Could not ping: " + e.getMessage() + ".");
      if (!problem.equals(why)) {
        LOG.warn("event=ping_failed reason={}", e.getMessage());
      }
      problem = why;
    } catch (RuntimeException e) {
      LOG.error("event=ping_failed", e); // The next round must come all the same.
    }
  }

  private void ping(List<Device> all) throws IOException {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Device device : all) {
      device
          .address()
          .map(InetAddress::getHostAddress)
          .ifPresent(address -> addresses.put(device.id(), address));
    }
    states.keySet().retainAll(addresses.keySet());
    if (addresses.isEmpty()) {
      return;
    }
    Set<String> once = new LinkedHashSet<>(addresses.values());
    Map<String, Echoes> echoes = programs.ping(List.copyOf(once), settings);
    Instant now = clock.instant();
    List<Sample> samples = new ArrayList<>();
    addresses.forEach(
        (id, address) ->
            Optional.ofNullable(echoes.get(address))
                .ifPresent(e -> samples.add(keep(sample(id, now, e)))));
    sink.accept(samples);
  }

  private static Sample.Ping sample(String device, Instant at, Echoes echoes) {
    return new Sample.Ping(
        device, at, echoes.loss(), echoes.latency(), echoes.best(), echoes.worst());
  }

  private Sample.Ping keep(Sample.Ping sample) {
    boolean up = sample.loss() < 100;
    Reachability before = states.get(sample.device());
    Instant since = before != null && before.up() == up ? before.since() : sample.at();
    states.put(sample.device(), new Reachability(up, since, sample));
    if (up && before != null && !before.up()) {
      returned.accept(sample.device());
    }
    return sample;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("event=ping_goes_on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
