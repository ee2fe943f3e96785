package community.cloudy.containers.activation;

import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerHealth;
import community.cloudy.containers.engine.ContainerState;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineEvent;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.engine.EngineListener;
import community.cloudy.containers.engine.EngineStatus;
import community.cloudy.containers.engine.PublishedPort;
import community.cloudy.gossip.discovery.DiscoveryException;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.HealthMonitor.Prober;
import community.cloudy.gossip.discovery.health.Target;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the announcements of containers what the engine says they are: one that has run is
 * announced and checked, one that is stopped is failing, one that is removed is withdrawn. While
 * the engine cannot be asked nothing is withdrawn, and all that is known is that nothing is.
 *
 * <p>It looks anew after each event that matters, and every ten seconds, on a thread of its own.
 */
public final class Activation implements EngineListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Activation.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration SETTLE = Duration.ofMillis(300);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  private final Engine engine;
  private final Board board;
  private final Prober prober;
  private final ScheduledThreadPoolExecutor worker;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile SortedMap<String, String> problems = new TreeMap<>();
  private Runnable leave = () -> {};

  private Activation(Engine engine, Board board, Prober prober) {
    this.engine = engine;
    this.board = board;
    this.prober = prober;
    worker =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "activation");
              thread.setDaemon(true);
              return thread;
            });
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Begins.
   *
   * @param prober tells whether a port answers, for containers without a health check of their own
   */
  public static Activation start(Engine engine, Board board, Prober prober) {
    Activation activation = new Activation(engine, board, prober);
    activation.leave = engine.listen(activation);
    var unused =
        activation.worker.scheduleWithFixedDelay(
            activation::lookSafely, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return activation;
  }

  /** Returns why containers that should be are not announced, by their name. */
  public SortedMap<String, String> problems() {
    return problems;
  }

  @Override
  public void event(EngineEvent event) {
    if (event.kind().equals("container") && event.attributes().containsKey(Labels.TYPE)) {
      lookSoon();
    }
  }

  @Override
  public void status(EngineStatus status) {
    lookSoon();
  }

  private void lookSoon() {
    if (!worker.isShutdown() && due.compareAndSet(false, true)) {
      var unused = worker.schedule(this::lookSafely, SETTLE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void lookSafely() {
    due.set(false);
    try {
      look();
    } catch (DiscoveryException e) {
      log.warn("Could not announce containers: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("Could not look after the announcements of containers", e);
    }
  }

  private void look() {
    Map<String, ServiceSpec> announced = new TreeMap<>();
    board.own().stream().filter(Labels::isOurs).forEach(spec -> announced.put(spec.id(), spec));
    List<Container> containers;
    try {
      containers = engine.containers().list(Map.of(Labels.TYPE, ""));
    } catch (EngineException e) {
      announced
          .keySet()
          .forEach(
              id -> board.push(id, new Health(Health.State.UNKNOWN, "engine: " + e.getMessage())));
      return;
    }
    SortedMap<String, String> found = new TreeMap<>();
    Map<String, Container> services = chosen(containers);
    for (String id : announced.keySet()) {
      if (!services.containsKey(id)) {
        board.withdraw(id);
        log.info("Withdrew the service of a container that is gone service={}", id);
      }
    }
    services.forEach(
        (id, container) -> {
          try {
            activate(container, announced.get(id));
          } catch (IllegalArgumentException | DiscoveryException e) {
            found.put(container.name(), String.valueOf(e.getMessage()));
          } catch (EngineException e) {
            if (e.code() != EngineException.Code.NOT_FOUND) {
              found.put(container.name(), e.getMessage());
            }
          }
        });
    tell(found);
  }

  /** Of the containers of one service, takes one that runs if there is one, and then the oldest. */
  private static Map<String, Container> chosen(List<Container> containers) {
    Map<String, Container> services = new TreeMap<>();
    containers.stream()
        .filter(Labels::isService)
        .sorted(
            Comparator.comparing((Container one) -> one.state() != ContainerState.RUNNING)
                .thenComparing(Container::created)
                .thenComparing(Container::id))
        .forEach(one -> services.putIfAbsent(Labels.id(one), one));
    return services;
  }

  private void activate(Container container, @Nullable ServiceSpec announced) {
    if (container.state() == ContainerState.CREATED && announced == null) {
      return;
    }
    ServiceSpec spec;
    if (container.state().isUp() || announced == null) {
      spec = Labels.spec(container, ports(container));
      if (!spec.equals(announced)) {
        board.announce(spec);
        log.info(
            "Announced a container container={} service={} endpoint={}",
            container.name(),
            spec.id(),
            spec.offer().endpoints().get(0));
      }
    } else {
      // Stopped, it publishes nothing; what was announced stands.
      spec = announced;
    }
    board.push(spec.id(), health(container, spec.offer().endpoints().get(0)));
  }

  private List<PublishedPort> ports(Container container) {
    return container.state().isUp()
        ? container.ports()
        : engine.containers().inspect(container.id()).wantedPorts();
  }

  private Health health(Container container, ServiceEndpoint endpoint) {
    if (container.state() != ContainerState.RUNNING) {
      return new Health(Health.State.FAILING, "container: " + container.status());
    }
    return switch (container.health().state()) {
      case HEALTHY -> new Health(Health.State.OK, "container: " + container.status());
      case UNHEALTHY -> new Health(Health.State.FAILING, unhealthy(container));
      case STARTING -> new Health(Health.State.UNKNOWN, "container: " + container.status());
      case NONE -> probe(endpoint);
    };
  }

  private String unhealthy(Container container) {
    ContainerHealth health = engine.containers().inspect(container.id()).summary().health();
    return "container is unhealthy: " + health.output();
  }

  /** Asks again before it believes that nobody answers. */
  private Health probe(ServiceEndpoint endpoint) {
    Check check = endpoint.scheme().equals("udp") ? new Check.Udp() : new Check.Tcp();
    String host = endpoint.host().isEmpty() ? "127.0.0.1" : endpoint.host();
    Target target = new Target(host, endpoint.port());
    Health health = prober.probe(check, target, PROBE_TIMEOUT);
    return health.state() == Health.State.FAILING
        ? prober.probe(check, target, PROBE_TIMEOUT)
        : health;
  }

  private void tell(SortedMap<String, String> found) {
    SortedMap<String, String> before = problems;
    problems = found;
    found.forEach(
        (name, reason) -> {
          if (!reason.equals(before.get(name))) {
            log.info("A container is not announced container={} reason=\"{}\"", name, reason);
          }
        });
  }

  /** Stops looking; what is announced stays so, for the next start. */
  @Override
  public void close() {
    leave.run();
    worker.shutdownNow();
  }
}
