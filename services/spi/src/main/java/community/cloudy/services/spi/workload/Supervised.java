package community.cloudy.services.spi.workload;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.Readiness;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.Workload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps something running, on a thread of its own: that thread alone touches the body. */
final class Supervised implements Workload {
  private static final Logger log = LoggerFactory.getLogger(Supervised.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String name;
  private final Body body;
  private final Readiness ready;
  private final Times times;
  private final InstantSource clock;
  private final Wishes wishes;
  private final Thread thread;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private Optional<Body.Life> life = Optional.empty();
  private Instant startedAt;
  private Instant nextStart;
  private int badEnds;

  Supervised(String name, Body body, Readiness ready, Times times, InstantSource clock) {
    this.name = name;
    this.body = body;
    this.ready = ready;
    this.times = times;
    this.clock = clock;
    startedAt = clock.instant();
    nextStart = startedAt;
    wishes = new Wishes(startedAt);
    thread = new Thread(this::run, "workload-" + name);
    thread.setDaemon(true);
  }

  /** Begins to do what is wanted. */
  Supervised begin() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!wishes.isClosed()) {
        turn();
        wishes.rest(untilNext());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void turn() throws InterruptedException {
    if (life.isPresent() && !life.get().isAlive()) {
      ended(life.get().end());
    }
    boolean run = wishes.isWanted();
    boolean renew = wishes.takeAgain();
    if (life.isPresent() && (!run || renew)) {
      end();
    }
    if (!run) {
      leaveAlone();
    } else if (life.isEmpty() && (renew || !clock.instant().isBefore(nextStart))) {
      launch();
    }
    if (life.isPresent()) {
      look();
      body.tidy();
    }
  }

  /** What an agent before this one has started is not wanted either. */
  private void leaveAlone() {
    if (wishes.state().phase() != Phase.STOPPED) {
      body.find().ifPresent(Body.Life::stop);
    }
    show(Phase.STOPPED, new Health(Health.State.UNKNOWN, "stopped"));
  }

  private void launch() {
    try {
      life = body.find();
      boolean found = life.isPresent();
      Body.Life current = found ? life.get() : body.start();
      life = Optional.of(current);
      current.onEnd(wishes::wake);
      startedAt = clock.instant();
      show(Phase.STARTING, Health.unchecked());
      log.info("Workload {} name={}", found ? "found running" : "started", name);
    } catch (ServiceException e) {
      ended(String.valueOf(e.getMessage()));
    }
  }

  private void ended(String why) {
    life = Optional.empty();
    Instant now = clock.instant();
    boolean ranWell = Duration.between(startedAt, now).compareTo(times.lastWait()) >= 0;
    badEnds = ranWell ? 1 : badEnds + 1;
    nextStart = now.plus(times.wait(badEnds));
    wishes.ended();
    show(Phase.WAITING, new Health(Health.State.FAILING, why));
    log.warn("Workload ended name={} reason={} again_at={}", name, why, nextStart);
  }

  private void end() {
    show(Phase.STOPPING, new Health(Health.State.UNKNOWN, "is being stopped"));
    life.ifPresent(Body.Life::stop);
    life = Optional.empty();
    badEnds = 0;
    nextStart = clock.instant();
    log.info("Workload stopped name={}", name);
  }

  private void look() throws InterruptedException {
    long look = wishes.looksWanted();
    Health seen;
    try {
      seen = ready.look();
    } catch (IOException e) {
      seen = new Health(Health.State.FAILING, String.valueOf(e.getMessage()));
    }
    boolean works = seen.state() == Health.State.OK;
    boolean worked = wishes.state().phase() == Phase.RUNNING;
    show(works || worked ? Phase.RUNNING : Phase.STARTING, seen);
    wishes.looked(look);
  }

  private void show(Phase phase, Health health) {
    OptionalLong pid = life.map(Body.Life::pid).orElse(OptionalLong.empty());
    State before = wishes.show(phase, health, pid, clock.instant());
    if (before.phase() != phase || before.health().state() != health.state()) {
      listeners.forEach(Runnable::run);
    }
  }

  private Duration untilNext() {
    if (life.isPresent()) {
      return Wishes.isOk(wishes.state()) ? times.look() : times.soon();
    }
    Duration wait = Duration.between(clock.instant(), nextStart);
    boolean sane = wishes.isWanted() && wait.compareTo(times.lastWait()) < 0;
    return sane ? wait : times.lastWait();
  }

  @Override
  public void start() {
    wishes.want(true);
  }

  @Override
  public void restart() {
    wishes.wantAgain();
  }

  @Override
  public void stop() {
    Duration atMost = body.stopWithin().plus(GRACE);
    wishes.want(false);
    try {
      if (wishes.awaitStopped(atMost)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ServiceException(
        Code.FAILED,
        "Could not stop %s: it still runs after %d s. Look at its log."
            .formatted(name, atMost.toSeconds()));
  }

  @Override
  public void awaitReady(Duration atMost) {
    try {
      State seen = wishes.awaitProof(atMost);
      if (Wishes.isOk(seen)) {
        return;
      }
      throw new ServiceException(
          Code.FAILED, "%s does not work: %s.".formatted(name, seen.health().evidence()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(Code.FAILED, name + " was not seen to work: interrupted.", e);
    }
  }

  @Override
  public State state() {
    return wishes.state();
  }

  @Override
  public List<String> log(int lines) {
    return body.log(lines);
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    wishes.close();
    thread.interrupt();
    try {
      thread.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
