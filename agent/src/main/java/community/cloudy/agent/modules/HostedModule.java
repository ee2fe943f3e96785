package community.cloudy.agent.modules;

import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.agent.modules.ModuleState.Phase;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One module and what it is to do. Its life is led under this object's lock, one call at a time;
 * how it is may be asked meanwhile.
 *
 * @param <C> its settings
 * @param <I> what it is at work
 */
final class HostedModule<C extends Record, I extends ServiceInstance<C>> {
  private static final Logger log = LoggerFactory.getLogger(HostedModule.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LAST_WAIT = Duration.ofMinutes(5);

  private final ServiceModule<C, I> module;
  private final Function<ModuleConfig, ModuleContext> contexts;
  private final InstantSource clock;

  private volatile Optional<ModuleConfig> config = Optional.empty();
  private volatile Optional<I> instance = Optional.empty();
  private volatile Phase phase = Phase.DISABLED;
  private volatile String reason = "not enabled";
  private volatile Shown shown;
  private int failures;
  private Instant nextStart = Instant.MIN;

  /** What was shown last, and since when. */
  private record Shown(Phase phase, Health.State health, Instant since) {}

  HostedModule(
      ServiceModule<C, I> module,
      Function<ModuleConfig, ModuleContext> contexts,
      InstantSource clock) {
    this.module = module;
    this.contexts = contexts;
    this.clock = clock;
    shown = new Shown(phase, Health.State.UNKNOWN, clock.instant());
  }

  ServiceModule<C, I> module() {
    return module;
  }

  /**
   * Does what the configuration wants.
   *
   * @throws ServiceException if the module refuses its settings; it then goes on as before
   */
  synchronized void apply(Optional<ModuleConfig> wanted) {
    Optional<ModuleConfig> before = config;
    if (wanted.equals(before) && phase != Phase.STOPPED) {
      return;
    }
    boolean on = wanted.map(ModuleConfig::enabled).orElse(false);
    if (!on) {
      config = wanted;
      end(Phase.DISABLED, "not enabled");
      return;
    }
    boolean sameMode = before.map(ModuleConfig::run).equals(wanted.map(ModuleConfig::run));
    if (instance.isPresent() && sameMode) {
      instance.get().reload(settings(wanted.get()));
      config = wanted;
      log.info("Module reloaded module={}", id());
      return;
    }
    end(Phase.WAITING, "is about to start");
    config = wanted;
    begin();
  }

  private C settings(ModuleConfig wanted) {
    return module.settings().cast(wanted.settings());
  }

  private void begin() {
    ModuleConfig wanted = config.orElseThrow();
    try {
      instance = Optional.of(module.start(settings(wanted), contexts.apply(wanted)));
      failures = 0;
      phase = Phase.RUNNING;
      log.info("Module started module={} run={}", id(), wanted.run());
    } catch (ServiceException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      log.error("Module failed module={}", id(), e);
      failed("it failed: " + e);
    }
  }

  private void failed(String why) {
    phase = Phase.WAITING;
    reason = why;
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
    failures++;
    nextStart = clock.instant().plus(wait.compareTo(LAST_WAIT) < 0 ? wait : LAST_WAIT);
    log.warn("Module cannot start module={} reason={} again_at={}", id(), why, nextStart);
  }

  /** Tries again what could not start, if it is time. */
  synchronized void tick() {
    if (phase == Phase.WAITING && !clock.instant().isBefore(nextStart)) {
      begin();
    }
  }

  /**
   * Starts it, if it was stopped or waits.
   *
   * @throws ServiceException if it is not enabled, or cannot start now
   */
  synchronized void start() {
    demandEnabled();
    if (phase != Phase.RUNNING) {
      begin();
    }
    if (phase != Phase.RUNNING) {
      throw new ServiceException(Code.UNAVAILABLE, reason);
    }
  }

  /** Stops it until somebody starts it, or the agent does. */
  synchronized void stop() {
    demandEnabled();
    end(Phase.STOPPED, "stopped by hand");
  }

  synchronized void restart() {
    demandEnabled();
    end(Phase.WAITING, "is about to start");
    start();
  }

  private void demandEnabled() {
    if (!config.map(ModuleConfig::enabled).orElse(false)) {
      throw notEnabled();
    }
  }

  private ServiceException notEnabled() {
    return new ServiceException(
        Code.CONFLICT,
        "The module %s is not enabled. Enable it with: cloudy module enable %s"
            .formatted(id(), id()));
  }

  private void end(Phase next, String why) {
    Optional<I> running = instance;
    instance = Optional.empty();
    phase = next;
    reason = why;
    failures = 0;
    nextStart = Instant.MIN;
    if (running.isPresent()) {
      running.get().stop();
      log.info("Module stopped module={}", id());
    }
  }

  /** Lets go of it; what it runs goes on. */
  synchronized void close() {
    instance.ifPresent(ServiceInstance::close);
    instance = Optional.empty();
  }

  /**
   * Returns it at work.
   *
   * @throws ServiceException if it is not
   */
  I atWork() {
    Optional<I> running = instance;
    if (running.isPresent()) {
      return running.get();
    }
    if (phase == Phase.DISABLED) {
      throw notEnabled();
    }
    throw new ServiceException(
        Code.UNAVAILABLE, "The module %s does not run: %s".formatted(id(), reason));
  }

  List<String> log(int lines) {
    return atWork().log(lines);
  }

  Optional<ModuleConfig> config() {
    return config;
  }

  String id() {
    return module.descriptor().id();
  }

  /** Returns how it is now. */
  ModuleState state() {
    Phase now = phase;
    Status status =
        instance
            .map(HostedModule::status)
            .orElseGet(() -> Status.of(new Health(health(now), reason)));
    Health.State health = status.health().state();
    Shown before = shown;
    if (before.phase() != now || before.health() != health) {
      shown = new Shown(now, health, clock.instant());
    }
    return new ModuleState(module.descriptor(), config, now, status, shown.since());
  }

  private static Health.State health(Phase phase) {
    return phase == Phase.WAITING ? Health.State.FAILING : Health.State.UNKNOWN;
  }

  private static Status status(ServiceInstance<?> running) {
    try {
      return running.status();
    } catch (RuntimeException e) {
      log.error("A module cannot say how it is", e);
      return Status.of(new Health(Health.State.UNKNOWN, "the module failed: " + e));
    }
  }
}
