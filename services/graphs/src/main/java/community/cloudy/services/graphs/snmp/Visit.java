package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.watch.Found;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * One visit to a device: its interfaces are found where that is needed, then their counters are
 * asked for, some at a time, each with its name, so that one that has moved is noticed at once.
 */
final class Visit {
  private static final int PER_PORT = 3;

  private final Asker asker;
  private final Machine machine;
  private final Numbering numbering;
  private final int repetitions;
  private final Duration gap;
  private final InstantSource clock;
  private final Deque<Port> open = new ArrayDeque<>();
  private final Map<Integer, Reading> readings = new HashMap<>();
  private final List<Sample> radios = new ArrayList<>();
  private boolean looked;
  private boolean answeredOnce;
  private boolean countChanged;

  Visit(
      Asker asker,
      Machine machine,
      Numbering numbering,
      int repetitions,
      Duration gap,
      InstantSource clock) {
    this.asker = asker;
    this.machine = machine;
    this.numbering = numbering;
    this.repetitions = repetitions;
    this.gap = gap;
    this.clock = clock;
  }

  /** Goes there; fails with {@link Unanswered}. */
  CompletableFuture<List<Sample>> go() {
    CompletableFuture<Void> counters =
        machine.mustLook(clock.instant()) ? look() : begin().thenCompose(any -> lookIfChanged());
    return counters.thenCompose(any -> radios()).thenApply(any -> samples());
  }

  private CompletableFuture<Void> lookIfChanged() {
    return countChanged && !looked ? look() : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> look() {
    looked = true;
    return new Discovery(asker, machine.device, repetitions)
        .look(!machine.isDoubtful())
        .thenCompose(
            layout -> {
              answeredOnce = true;
              List<Found> found =
                  layout.interfaces().values().stream()
                      .sorted(Comparator.comparingInt(Interface::index))
                      .map(Interface::found)
                      .toList();
              machine.look(layout, numbering.numbered(machine.device, found), clock.instant());
              return begin();
            });
  }

  private CompletableFuture<Void> begin() {
    open.clear();
    readings.clear();
    machine.ports.stream().filter(port -> port.index().isPresent()).forEach(open::add);
    return chunk(true);
  }

  private Machine.Layout layout() {
    return machine.layout.orElseThrow();
  }

  /** Asks for some ports; the first question is asked even if there are none. */
  private CompletableFuture<Void> chunk(boolean first) {
    if (open.isEmpty() && !first) {
      return CompletableFuture.completedFuture(null);
    }
    List<Port> ports = new ArrayList<>();
    List<OID> oids = new ArrayList<>(List.of(Oids.UPTIME, Oids.IF_NUMBER));
    while (ports.size() < machine.chunk && !open.isEmpty()) {
      Port port = open.remove();
      int index = port.index().orElseThrow();
      boolean narrow = machine.narrow.contains(index);
      ports.add(port);
      oids.add(Oids.at(layout().nameColumn(), index));
      oids.add(Oids.at(narrow ? Oids.IF_IN : Oids.IF_WIDE_IN, index));
      oids.add(Oids.at(narrow ? Oids.IF_OUT : Oids.IF_WIDE_OUT, index));
    }
    boolean patient = answeredOnce || !machine.isDoubtful();
    return asker
        .ask(machine.device, new Question(oids, 0, patient))
        .thenCompose(answer -> take(answer, ports, first));
  }

  private CompletableFuture<Void> take(Answer answer, List<Port> ports, boolean first) {
    if (answer instanceof Answer.Values values) {
      answeredOnce = true;
      return take(values.all(), ports);
    }
    boolean less =
        answer instanceof Answer.Refusal refusal
            ? refusal.tooBig()
            : answeredOnce; // Some old radios drop what they cannot answer in one packet.
    if (!less || ports.size() < 2) {
      return CompletableFuture.failedFuture(new Unanswered(answer));
    }
    machine.chunk = Math.max(1, ports.size() / 2);
    for (int i = ports.size() - 1; i >= 0; i--) {
      open.addFirst(ports.get(i));
    }
    return chunk(first);
  }

  private CompletableFuture<Void> take(List<VariableBinding> values, List<Port> ports) {
    Instant now = clock.instant();
    long uptime = values.get(0).getVariable() instanceof TimeTicks ticks ? ticks.getValue() : -1;
    countChanged |= Interface.number(values.get(1).getVariable()) != layout().count();
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      int index = port.index().orElseThrow();
      int at = 2 + i * PER_PORT;
      if (!isStillThere(index, values.get(at).getVariable())) {
        if (!looked) {
          return look();
        }
        continue; // It moves faster than we look; the next visit tries again.
      }
      Variable in = values.get(at + 1).getVariable();
      Variable out = values.get(at + 2).getVariable();
      if (Interface.isNumber(in) && Interface.isNumber(out)) {
        boolean wide = !machine.narrow.contains(index);
        Reading reading =
            new Reading(now, uptime, index, wide, Interface.number(in), Interface.number(out));
        readings.put(port.number(), reading);
        if (!looked && isRestart(port, reading)) {
          return look();
        }
      } else if (machine.narrow.add(index)) {
        open.addLast(port);
      }
    }
    return chunk(false);
  }

  private boolean isStillThere(int index, Variable name) {
    Interface known = layout().interfaces().get(index);
    return known != null && known.said().equals(Interface.text(name));
  }

  private boolean isRestart(Port port, Reading reading) {
    Reading before = machine.readings.get(port.number());
    return before != null && Rates.isRestart(before, reading);
  }

  /** That its radios do not answer is no reason to throw away what its interfaces did. */
  private CompletableFuture<Void> radios() {
    return layout()
        .radio()
        .map(
            radio ->
                Walk.table(asker, machine.device, radio.columns(), repetitions)
                    .<Void>handle(
                        (table, failure) -> {
                          if (failure == null) {
                            radios.addAll(
                                radio.samples(
                                    machine.device, machine.ports, table, clock.instant()));
                          }
                          return null;
                        }))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    readings.forEach(
        (number, now) -> {
          Reading before = machine.readings.put(number, now);
          if (before != null) {
            Interface at = layout().interfaces().get(now.index());
            double speed = at == null ? 0 : at.speed();
            Rates rates = Rates.between(before, now, speed, gap);
            Sample.Traffic traffic =
                new Sample.Traffic(machine.device.id(), number, now.at(), rates.in(), rates.out());
            machine.traffic.put(number, traffic);
            samples.add(traffic);
          }
        });
    samples.addAll(radios);
    return samples;
  }
}
