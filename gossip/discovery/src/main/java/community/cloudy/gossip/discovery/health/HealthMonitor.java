package community.cloudy.gossip.discovery.health;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.gossip.serf.transport.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps checking this node's services.
 *
 * <p>All methods and the listener are called on the scheduler's thread, which owns all state; the
 * probes themselves block, on at most four threads that end when idle. A service is never probed
 * twice at once: when there are more checks than the threads can do, all get slower.
 */
public final class HealthMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);
  private static final int THREADS = 4;
  private static final long IDLE_SECONDS = 10;

  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Prober prober;
  private final Listener listener;
  private final Executor pool;
  private final Map<String, Watch> watches = new HashMap<>();

  /** Services with a probe under way, those stopped meanwhile too. */
  private final Set<String> probing = new HashSet<>();

  /** Performs one check. */
  public interface Prober {
    /** Checks {@code target} within {@code timeout}; may block, on any thread. */
    Health probe(Check check, Target target, Duration timeout);
  }

  /** Hears what is believed. */
  public interface Listener {
    /** The first result of a service is there, or what is believed of it has changed. */
    void changed(String serviceId, Health health);
  }

  /**
   * Makes a monitor without services.
   *
   * @param prober what performs the checks: a {@link Probe}
   */
  public HealthMonitor(
      Scheduler scheduler, RandomGenerator random, Prober prober, Listener listener) {
    this(scheduler, random, prober, listener, pool());
  }

  HealthMonitor(
      Scheduler scheduler,
      RandomGenerator random,
      Prober prober,
      Listener listener,
      Executor pool) {
    this.scheduler = scheduler;
    this.random = random;
    this.prober = prober;
    this.listener = listener;
    this.pool = pool;
  }

  private static ThreadPoolExecutor pool() {
    AtomicInteger made = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // holds at most one probe a service
            task -> {
              Thread thread = new Thread(task, "probe-" + made.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Starts to check a service, from unknown; a service of the same id is stopped first. */
  public void start(String serviceId, Target target, CheckPlan plan) {
    stop(serviceId);
    Watch watch = new Watch(serviceId, target, plan);
    watches.put(serviceId, watch);
    if (watch.isPushed()) {
      watch.awaitPush();
    } else {
      // Not all at once when a node starts.
      watch.after(random.nextLong(plan.recheck().toNanos()), watch::probe);
    }
  }

  /** Stops to check a service, if it is checked; its results are forgotten. */
  public void stop(String serviceId) {
    Watch watch = watches.remove(serviceId);
    if (watch != null) {
      watch.cancel();
    }
  }

  /** Takes a result that somebody else has found; ignored if the service is not checked. */
  public void push(String serviceId, Health result) {
    Watch watch = watches.get(serviceId);
    if (watch != null) {
      watch.pushed(result);
    }
  }

  /** Returns what is known of a service; empty if it is not checked or has no result yet. */
  public Optional<Report> report(String serviceId) {
    return Optional.ofNullable(watches.get(serviceId)).flatMap(Watch::report);
  }

  /** Stops all checks; probes under way end by themselves, unheard. */
  @Override
  public void close() {
    watches.values().forEach(Watch::cancel);
    watches.clear();
    if (pool instanceof ThreadPoolExecutor threads) {
      threads.shutdown();
    }
  }

  /** One service. */
  private final class Watch {
    private final String id;
    private final Target target;
    private final CheckPlan plan;
    private final Thresholds thresholds;
    private Health health = Health.unchecked();
    private @Nullable Health last;
    private long lastAt;
    private Scheduler.@Nullable Timer timer;

    Watch(String id, Target target, CheckPlan plan) {
      this.id = id;
      this.target = target;
      this.plan = plan;
      thresholds = new Thresholds(plan.down(), plan.up());
    }

    boolean isPushed() {
      return plan.check() instanceof Check.Pushed;
    }

    void after(long nanos, Runnable task) {
      cancel();
      timer = scheduler.schedule(nanos, task);
    }

    void cancel() {
      if (timer != null) {
        timer.cancel();
      }
    }

    void probe() {
      if (!probing.add(id)) { // the probe of a watch that was stopped
        after(plan.recheck().toNanos(), this::probe);
        return;
      }
      pool.execute(
          () -> {
            Health result = probeNow();
            try {
              scheduler.schedule(0, () -> done(result));
            } catch (RejectedExecutionException e) {
              log.debug("the owner has ended before the probe of service={}", id);
            }
          });
    }

    private Health probeNow() {
      try {
        return prober.probe(plan.check(), target, plan.timeout());
      } catch (RuntimeException e) {
        log.warn("probe failed service={} target={}", id, target, e);
        return new Health(State.UNKNOWN, "the probe itself failed: " + e);
      }
    }

    private void done(Health result) {
      probing.remove(id);
      if (watches.get(id) == this) {
        boolean news = take(result);
        Duration wait = thresholds.contradicted() ? plan.recheck() : plan.interval();
        after(wait.toNanos(), this::probe);
        tell(news);
      }
    }

    void pushed(Health result) {
      boolean news = take(result);
      if (isPushed()) {
        awaitPush();
      }
      tell(news);
    }

    /** Waits as long as it would take to believe failures; then nobody knows. */
    void awaitPush() {
      after(plan.interval().toNanos() * plan.down(), this::notPushed);
    }

    private void notPushed() {
      boolean news = false;
      for (int i = 0; i < plan.down(); i++) {
        news |= take(new Health(State.UNKNOWN, "nobody has reported a result in time"));
      }
      tell(news);
    }

    /** Takes a result; returns whether it is the first or changes what is believed. */
    private boolean take(Health result) {
      State before = health.state();
      State now = thresholds.add(result.state());
      if (now == result.state() || now == State.UNKNOWN) {
        health = new Health(now, result.evidence());
      }
      boolean news = last == null || now != before;
      last = result;
      lastAt = scheduler.nanoTime();
      return news;
    }

    /** Comes last: the listener may stop this service. */
    private void tell(boolean news) {
      if (news) {
        log.info(
            "health service={} state={} evidence=\"{}\"", id, health.state(), health.evidence());
        listener.changed(id, health);
      }
    }

    Optional<Report> report() {
      return Optional.ofNullable(last)
          .map(l -> new Report(health, l, scheduler.nanoTime() - lastAt, thresholds.inRow()));
    }
  }
}
