package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cycles: each visits all devices that are due, begun one after the other over its first part.
 * Is told of time and answers on one thread; states may be looked at from any.
 */
final class Polling {
  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

  /** The visits of a cycle begin within this part of it. */
  private static final int FIRST_PART = 60;

  private static final int MAX_BATCH = 5000;

  private final Asker asker;
  private final Supplier<Inventory> listed;
  private final Numbering numbering;
  private final Consumer<List<Sample>> sink;
  private final InstantSource clock;
  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
  private final Deque<Machine> waiting = new ArrayDeque<>();
  private List<Sample> batch = new ArrayList<>();
  private Duration interval;
  private int repetitions;
  private Instant next = Instant.EPOCH;
  private Instant begun = Instant.EPOCH;
  private int due;
  private int started;
  private int running;
  private int failed;
  private int samples;
  private volatile Optional<Cycle> cycle = Optional.empty();

  Polling(
      Asker asker,
      Supplier<Inventory> listed,
      Numbering numbering,
      Consumer<List<Sample>> sink,
      InstantSource clock,
      Duration interval,
      int repetitions) {
    this.asker = asker;
    this.listed = listed;
    this.numbering = numbering;
    this.sink = sink;
    this.clock = clock;
    this.interval = interval;
    this.repetitions = repetitions;
  }

  /** Goes on with other settings; what failed for its credential is tried at once. */
  void set(Duration otherInterval, int otherRepetitions) {
    interval = otherInterval;
    repetitions = otherRepetitions;
    next = Instant.EPOCH;
    Instant now = clock.instant();
    for (Machine machine : machines.values()) {
      machine.chunk = repetitions;
      machine.wake(now);
    }
  }

  Optional<DeviceState> state(String device) {
    return Optional.ofNullable(machines.get(device)).map(Machine::state);
  }

  Collection<DeviceState> states() {
    return machines.values().stream().map(Machine::state).toList();
  }

  Optional<Cycle> cycle() {
    return cycle;
  }

  /** Visits a device that rests with the next tick. */
  void wake(String device) {
    Machine machine = machines.get(device);
    if (machine != null && machine.isDoubtful() && !machine.busy && !waiting.contains(machine)) {
      machine.wake(clock.instant());
      waiting.add(machine);
      due++;
    }
  }

  /** Begins what is due and hands on what has come; called several times a second. */
  void tick() {
    Instant now = clock.instant();
    // A clock that was put back must not stop the cycles for as long.
    if (!now.isBefore(next) || now.isBefore(begun)) {
      begin(now);
    }
    double part = Duration.between(begun, now).toNanos() * 1.0 / interval.toNanos() * FIRST_PART;
    int wanted = (int) Math.ceil(Math.min(1, part) * due);
    while (!waiting.isEmpty() && started < wanted) {
      started++;
      visit(waiting.remove());
    }
    figures(now);
    flush();
  }

  private void begin(Instant now) {
    if (now.isBefore(begun)) {
      machines.values().forEach(machine -> machine.wake(now)); // The clock was put back.
    }
    boolean onTime = !now.isBefore(next) && now.isBefore(next.plus(interval));
    begun = onTime ? next : now;
    next = begun.plus(interval);
    Inventory inventory = listed.get();
    machines.keySet().retainAll(inventory.devices().keySet());
    waiting.clear();
    for (Device device : inventory.all()) {
      if (device.address().isEmpty() || device.credential().isEmpty()) {
        machines.remove(device.id());
        continue;
      }
      Machine machine =
          machines.computeIfAbsent(device.id(), any -> new Machine(device, repetitions, begun));
      if (!machine.device.equals(device)) {
        machine.device = device;
        machine.layout = Optional.empty();
      }
      if (machine.isDue(begun)) {
        waiting.add(machine);
      }
    }
    due = waiting.size();
    started = 0;
    failed = 0;
    samples = 0;
  }

  private void visit(Machine machine) {
    machine.busy = true;
    running++;
    Instant of = begun;
    var unused =
        new Visit(
                asker,
                machine,
                numbering,
                repetitions,
                interval.multipliedBy(2).plusSeconds(10),
                clock)
            .go()
            .whenComplete(
                (values, failure) -> {
                  machine.busy = false;
                  running--;
                  if (failure == null) {
                    machine.answered(clock.instant(), of, interval);
                    samples += values.size();
                    batch.addAll(values);
                  } else {
                    failed(machine, failure, of);
                  }
                  figures(clock.instant());
                  if (batch.size() >= MAX_BATCH) {
                    flush();
                  }
                });
  }

  private void failed(Machine machine, Throwable failure, Instant of) {
    failed++;
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    Instant now = clock.instant();
    if (cause instanceof Unanswered unanswered) {
      String why = String.valueOf(unanswered.getMessage());
      machine.failed(unanswered.silent(), why, now, of, interval);
    } else {
      LOG.error("event=visit_failed device={}", machine.device.id(), cause);
      machine.failed(false, "this node failed: " + cause, now, of, interval);
    }
  }

  private void figures(Instant now) {
    boolean over = waiting.isEmpty() && running == 0;
    if (cycle.filter(last -> last.begun().equals(begun) && last.over()).isEmpty()) {
      Duration took = Duration.between(begun, now);
      cycle = Optional.of(new Cycle(begun, took, over, due, failed, samples));
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      List<Sample> full = List.copyOf(batch);
      batch = new ArrayList<>();
      try {
        sink.accept(full);
      } catch (RuntimeException e) {
        LOG.error("event=samples_lost count={}", full.size(), e);
      }
    }
  }
}
