package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snmp4j.smi.OID;

/** What is known of a device from one visit to the next. Used by the polling thread alone. */
final class Machine {
  /** How many cycles a device that does not answer is left alone at most. */
  private static final int MAX_REST = 8;

  private static final Duration LOOK_AGAIN = Duration.ofHours(24);

  Device device;
  Optional<Layout> layout = Optional.empty();
  List<Port> ports = List.of();
  final Map<Integer, Reading> readings = new HashMap<>();
  final Map<Integer, Sample.Traffic> traffic = new HashMap<>();

  /** Those interfaces, by ifIndex, that have no 64-bit counters. */
  final Set<Integer> narrow = new HashSet<>();

  int chunk;
  boolean busy;
  private Instant discovered = Instant.MIN;
  private DeviceState.Condition condition = DeviceState.Condition.UNKNOWN;
  private Instant since;
  private String why = "";
  private Optional<Instant> answered = Optional.empty();
  private int failures;
  private Instant next;
  private volatile DeviceState state;

  /**
   * What was found on the device.
   *
   * @param interfaces by ifIndex
   * @param nameColumn where their names are
   * @param name what it calls itself
   * @param count its ifNumber
   * @param radio how it tells of its radios
   */
  record Layout(
      Map<Integer, Interface> interfaces,
      OID nameColumn,
      String name,
      long count,
      Optional<Radio> radio) {}

  Machine(Device device, int chunk, Instant now) {
    this.device = device;
    this.chunk = chunk;
    since = now;
    next = now;
    state = made();
  }

  DeviceState state() {
    return state;
  }

  boolean isDue(Instant cycle) {
    return !busy && !next.isAfter(cycle);
  }

  boolean mustLook(Instant now) {
    return layout.isEmpty() || Duration.between(discovered, now).compareTo(LOOK_AGAIN) > 0;
  }

  /** Takes in what was found; counters that are elsewhere now are not compared with the old. */
  void look(Layout found, List<Port> numbered, Instant now) {
    layout = Optional.of(found);
    ports = numbered;
    discovered = now;
    narrow.clear();
    Set<Integer> numbers = new HashSet<>();
    numbered.forEach(port -> numbers.add(port.number()));
    readings.keySet().retainAll(numbers);
    traffic.keySet().retainAll(numbers);
  }

  /** Whether it is asked only once: it was silent the last time. */
  boolean isDoubtful() {
    return condition == DeviceState.Condition.SILENT;
  }

  void answered(Instant now, Instant cycle, Duration interval) {
    answered = Optional.of(now);
    failures = 0;
    next = cycle.plus(interval);
    become(DeviceState.Condition.ANSWERS, "", now);
  }

  /** It rests for one cycle, then two, four and so on. */
  void failed(boolean silent, String reason, Instant now, Instant cycle, Duration interval) {
    int rest = Math.min(MAX_REST, 1 << Math.min(failures, 10));
    failures++;
    next = cycle.plus(interval.multipliedBy(rest));
    traffic.clear();
    become(silent ? DeviceState.Condition.SILENT : DeviceState.Condition.REFUSED, reason, now);
  }

  /** Lets it be visited in the next cycle. */
  void wake(Instant now) {
    next = now;
    state = made();
  }

  private void become(DeviceState.Condition now, String reason, Instant at) {
    if (condition != now) {
      since = at;
    }
    condition = now;
    why = reason;
    state = made();
  }

  private DeviceState made() {
    return new DeviceState(
        device.id(),
        condition,
        since,
        why,
        answered,
        layout.map(Layout::name).orElse(""),
        ports,
        layout.map(found -> found.interfaces().size()).orElse(0),
        traffic,
        failures,
        next);
  }
}
