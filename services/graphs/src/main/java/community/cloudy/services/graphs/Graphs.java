package community.cloudy.services.graphs;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.picture.Pictures;
import community.cloudy.services.graphs.ping.Pinger;
import community.cloudy.services.graphs.snmp.DeviceState;
import community.cloudy.services.graphs.snmp.DeviceState.Condition;
import community.cloudy.services.graphs.snmp.Poller;
import community.cloudy.services.graphs.snpservices.SnpServer;
import community.cloudy.services.graphs.store.Store;
import community.cloudy.services.graphs.view.Views;
import community.cloudy.services.graphs.watch.SourceState;
import community.cloudy.services.graphs.watch.Watch;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graph server at work: it watches, asks, keeps, and answers. */
final class Graphs implements ServiceInstance<GraphsSettings> {
  /** The type that nodes of guifi.net announce graph servers by. */
  static final String TYPE = "snpservice";

  private static final Logger log = LoggerFactory.getLogger(Graphs.class);

  private final ModuleContext context;
  private final Watch watch;
  private final Poller poller;
  private final Pinger pinger;
  private final ScheduledExecutorService reading =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "graphs-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile GraphsSettings settings;
  private volatile Store store;
  private volatile Keeping keeping;
  private Optional<SnpServer> server;

  Graphs(GraphsSettings settings, ModuleContext context) {
    this.context = context;
    this.settings = settings;
    store = opened(settings);
    watch =
        new Watch(
            settings.sources(),
            context.folder(),
            context.clock(),
            context.catalogue(),
            context.node());
    try {
      server = serve(settings);
    } catch (ServiceException e) {
      closeStore();
      throw e;
    }
    keeping = new Keeping(store, context::changed);
    poller =
        new Poller(
            settings.snmp(),
            settings.credentials(),
            settings.interval(),
            watch::listed,
            watch::numbered,
            samples -> keeping.take(samples),
            context.clock());
    pinger =
        new Pinger(
            settings.ping(),
            context.folder(),
            watch::pinged,
            samples -> keeping.take(samples),
            poller::wake,
            context.clock());
    var unused = reading.scheduleWithFixedDelay(this::read, 0, 1, TimeUnit.MINUTES);
    poller.start();
    pinger.start(settings.interval());
  }

  private Store opened(GraphsSettings wanted) {
    try {
      return new Store(context.folder().resolve("rrdb"), wanted.store());
    } catch (IOException e) {
      throw new ServiceException(
          Code.FAILED, "Could not open the measurements: %s".formatted(e.getMessage()), e);
    }
  }

  private Optional<SnpServer> serve(GraphsSettings wanted) {
    if (!wanted.snpservices().enabled()) {
      return Optional.empty();
    }
    InetSocketAddress address =
        new InetSocketAddress(context.address(), wanted.snpservices().port());
    try {
      return Optional.of(
          new SnpServer(address, watch::inventory, store, context.clock(), wanted.snpservices()));
    } catch (IOException e) {
      throw new ServiceException(
          Code.CONFLICT,
          "Could not listen on %s: %s. Set another snpservices.port."
              .formatted(address, e.getMessage()),
          e);
    }
  }

  private void read() {
    try {
      Inventory listed = watch.listed();
      SortedMap<String, String> facts = status().facts();
      watch.refresh();
      if (!listed.equals(watch.listed()) || !facts.equals(status().facts())) {
        context.changed();
      }
    } catch (RuntimeException e) {
      log.error("Could not look for devices", e);
    }
  }

  /** Looks for devices now; returns before that is over. */
  void refresh() {
    reading.execute(this::read);
  }

  @Override
  public synchronized void reload(GraphsSettings wanted) {
    if (!wanted.store().equals(settings.store())
        || !wanted.snpservices().equals(settings.snpservices())) {
      openAnew(wanted);
    }
    watch.reload(wanted.sources());
    poller.reload(wanted.snmp(), wanted.credentials(), wanted.interval());
    pinger.reload(wanted.ping(), wanted.interval());
    settings = wanted;
    refresh();
  }

  /** The files and the port may be the same, so the old ones have to end first. */
  private void openAnew(GraphsSettings wanted) {
    closeDoors();
    try {
      openDoors(wanted);
    } catch (ServiceException e) {
      openDoors(settings);
      throw e;
    }
  }

  private void openDoors(GraphsSettings wanted) {
    store = opened(wanted);
    try {
      server = serve(wanted);
    } catch (ServiceException e) {
      closeStore();
      throw e;
    }
    keeping = new Keeping(store, context::changed);
  }

  private void closeDoors() {
    keeping.close();
    closeServer();
    closeStore();
  }

  @Override
  public Status status() {
    int devices = watch.listed().devices().size();
    TreeMap<String, String> facts = new TreeMap<>();
    for (SourceState source : watch.sources()) {
      facts.put(
          "source_" + source.name(),
          source.problem().orElse(source.devices() + " devices, " + source.skipped() + " skipped"));
    }
    keeping.problem().ifPresent(problem -> facts.put("store", problem));
    pinger.problem().ifPresent(problem -> facts.put("ping", problem));
    boolean serves = settings.snpservices().enabled();
    ServiceEndpoint door =
        new ServiceEndpoint("http", "", settings.snpservices().port(), "/snpservices/");
    return new Status(
        health(devices),
        serves ? List.of(door) : List.of(),
        serves ? List.of(spec(door)) : List.of(),
        facts,
        metrics(devices));
  }

  private ServiceSpec spec(ServiceEndpoint door) {
    return ServiceSpec.of(
        "graphs",
        TYPE,
        "Graphs of " + context.node(),
        "Traffic and availability of devices",
        List.of(door),
        new TreeMap<>());
  }

  private Health health(int devices) {
    if (keeping.problem().isPresent()) {
      return new Health(Health.State.FAILING, keeping.problem().get());
    }
    if (devices == 0) {
      return new Health(
          Health.State.UNKNOWN, "no device is watched yet: name some, or a source of them");
    }
    long up =
        watch.listed().all().stream().filter(device -> answers(device.id()).orElse(false)).count();
    return new Health(Health.State.OK, "%d of %d devices answer".formatted(up, devices));
  }

  /** Tells whether a device answers, by any means; empty if it was not asked yet. */
  private Optional<Boolean> answers(String device) {
    Optional<Boolean> ping = pinger.state(device).map(Pinger.Reachability::up);
    Optional<Boolean> snmp =
        poller
            .state(device)
            .map(DeviceState::condition)
            .filter(condition -> condition != Condition.UNKNOWN)
            .map(condition -> condition == Condition.ANSWERS);
    return ping.isPresent() && snmp.isPresent()
        ? Optional.of(ping.get() || snmp.get())
        : ping.or(() -> snmp);
  }

  private SortedMap<String, Double> metrics(int devices) {
    TreeMap<String, Double> metrics =
        new TreeMap<>(
            Map.of(
                "devices", (double) devices,
                "requests_total", (double) poller.requests(),
                "readings_total", (double) keeping.updates(),
                "written_bytes_total", (double) keeping.bytes()));
    poller
        .cycle()
        .ifPresent(
            cycle -> {
              metrics.put("cycle_seconds", cycle.took().toMillis() / 1000.0);
              metrics.put("cycle_failed", (double) cycle.failed());
            });
    return metrics;
  }

  @Override
  public List<String> log(int lines) {
    return List.of();
  }

  @Override
  public void stop() {
    close();
  }

  @Override
  public synchronized void close() {
    reading.shutdownNow();
    pinger.close();
    poller.close();
    closeDoors();
  }

  private void closeServer() {
    try {
      if (server.isPresent()) {
        server.get().close();
      }
    } catch (IOException e) {
      log.warn("Could not stop answering as snpservices", e);
    }
    server = Optional.empty();
  }

  private void closeStore() {
    try {
      store.close();
    } catch (IOException e) {
      log.warn("Could not close the measurements", e);
    }
  }

  Watch watch() {
    return watch;
  }

  Poller poller() {
    return poller;
  }

  Pinger pinger() {
    return pinger;
  }

  Store store() {
    return store;
  }

  Views views() {
    return new Views(store);
  }

  Pictures pictures() {
    return new Pictures(store, watch::inventory, settings.snpservices().zone().id());
  }

  ModuleContext context() {
    return context;
  }
}
