package community.cloudy.services.graphs.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.watch.Found;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.Integer32;

/** Cycles on time that the test gives, with a device in memory. */
final class PollingTest {
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

  private final FakeAgent agent = new FakeAgent();
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private Instant now = BEGIN;
  private final Polling polling =
      new Polling(
          agent,
          () -> new Inventory(devices, Map.of()),
          this::numbered,
          samples::addAll,
          () -> now,
          INTERVAL,
          10);

  private List<Port> numbered(Device device, List<Found> found) {
    return found.stream()
        .map(
            one ->
                new Port(
                    numbers.computeIfAbsent(one.name(), any -> one.index()),
                    Optional.of(one.name()),
                    OptionalInt.of(one.index()),
                    one.title()))
        .toList();
  }

  @BeforeEach
  void aDeviceWithTwoPorts() {
    add("7");
    agent.interfaces(Map.of(1, "ether1", 2, "ether2"), true);
    agent.uptime(0);
  }

  private void add(String id) {
    devices.put(
        id,
        new Device(
            id,
            "",
            "",
            Optional.of(InetAddress.getLoopbackAddress()),
            Optional.of("c"),
            List.of(),
            true,
            List.of()));
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
    agent.uptime(Duration.between(BEGIN, now).toMillis() / 10);
  }

  private void cycle() {
    polling.tick();
    pass(5); // All visits begin within the first 60th of a cycle.
    polling.tick();
    pass(295);
  }

  private void count(long in, long out) {
    agent.count(1, in, out, true);
    agent.count(2, 2 * in, 2 * out, true);
  }

  private List<Sample.Traffic> traffic() {
    List<Sample.Traffic> all =
        samples.stream()
            .filter(Sample.Traffic.class::isInstance)
            .map(s -> (Sample.Traffic) s)
            .toList();
    samples.clear();
    return all;
  }

  private DeviceState state() {
    return polling.state("7").orElseThrow();
  }

  @Test
  void measuresEachPortFromTheSecondCycleOn() {
    cycle();
    assertThat(traffic()).isEmpty();
    assertThat(state().ports()).hasSize(2);
    count(300_000, 30_000);
    cycle();
    assertThat(traffic())
        .extracting(Sample.Traffic::port, Sample.Traffic::in, Sample.Traffic::out)
        .containsExactlyInAnyOrder(tuple(1, 1000.0, 100.0), tuple(2, 2000.0, 200.0));
    assertThat(state().condition()).isEqualTo(DeviceState.Condition.ANSWERS);
    assertThat(state().traffic().get(2).in()).isEqualTo(2000.0);
    assertThat(polling.cycle().orElseThrow())
        .satisfies(cycle -> assertThat(cycle.over()).isTrue())
        .satisfies(cycle -> assertThat(cycle.samples()).isEqualTo(2));
  }

  @Test
  void asksOnceForAllPortsOfAKnownDevice() {
    cycle();
    agent.asked.clear();
    cycle();
    assertThat(agent.asked).hasSize(1);
    assertThat(agent.asked.get(0).oids()).hasSize(2 + 2 * 3);
  }

  @Test
  void fallsBackToCountersOf32BitsWhereThereAreNoOthers() {
    agent.interfaces(Map.of(1, "ether1"), false);
    agent.count(1, 0xffff_ff00L, 0, false);
    cycle();
    agent.count(1, 0xffff_ff00L + 3_000_000, 300, false);
    cycle();
    assertThat(traffic()).singleElement().satisfies(t -> assertThat(t.in()).isEqualTo(10_000.0));
  }

  @Test
  void followsAPortThatMovesAndComparesNothingOverThat() {
    cycle();
    agent.interfaces(Map.of(1, "new", 5, "ether1", 2, "ether2"), true);
    agent.count(5, 400_000, 0, true);
    cycle();
    assertThat(traffic())
        .filteredOn(t -> t.port() == 1)
        .singleElement()
        .satisfies(t -> assertThat(t.in()).isNaN());
    agent.count(5, 700_000, 0, true);
    cycle();
    assertThat(traffic())
        .filteredOn(t -> t.port() == 1)
        .singleElement()
        .satisfies(t -> assertThat(t.in()).isEqualTo(1000.0));
  }

  @Test
  void looksAgainWhenTheDeviceBeganAnewOrGotAPort() {
    cycle();
    agent.interfaces(Map.of(1, "ether1", 2, "ether2", 3, "ether3"), true);
    cycle();
    assertThat(state().ports()).hasSize(3);
    agent.asked.clear();
    polling.tick();
    now = now.plusSeconds(5);
    agent.uptime(100);
    polling.tick();
    assertThat(agent.asked).anyMatch(question -> question.repetitions() > 0);
  }

  @Test
  void leavesASilentDeviceAloneForLongerAndLonger() {
    agent.silent = true;
    List<Integer> visits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      agent.asked.clear();
      cycle();
      visits.add(agent.asked.size());
    }
    // 1, 2, 4 and then each 8 cycles.
    assertThat(visits).containsExactly(1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    assertThat(state().condition()).isEqualTo(DeviceState.Condition.SILENT);
    assertThat(state().since()).isBefore(BEGIN.plusSeconds(10));
    agent.silent = false;
    polling.tick();
    pass(60);
    polling.wake("7");
    polling.tick();
    assertThat(state().condition()).isEqualTo(DeviceState.Condition.ANSWERS);
    pass(240);
    agent.asked.clear();
    cycle();
    assertThat(agent.asked).hasSize(1);
  }

  @Test
  void asksASilentDeviceOnlyOnceUntilItAnswers() {
    agent.silent = true;
    cycle();
    assertThat(agent.asked.get(0).patient()).isTrue();
    agent.asked.clear();
    cycle();
    assertThat(agent.asked.get(0).patient()).isFalse();
    agent.silent = false;
    agent.asked.clear();
    pass(300);
    cycle();
    assertThat(agent.asked).filteredOn(question -> !question.patient()).hasSize(1);
  }

  @Test
  void fillsOneMissedPollWithTheMeanOfBoth() {
    cycle();
    agent.silent = true;
    cycle();
    agent.silent = false;
    count(600_000, 0);
    cycle();
    assertThat(traffic())
        .filteredOn(t -> t.port() == 1)
        .singleElement()
        .satisfies(t -> assertThat(t.in()).isEqualTo(1000.0));
  }

  @Test
  void asksForLessWhereThatIsTooBig() {
    for (boolean drops : new boolean[] {false, true}) {
      agent.interfaces(Map.of(1, "a", 2, "b", 3, "c", 4, "d", 5, "e"), true);
      agent.most = 8;
      agent.dropsWhatIsTooBig = drops;
      devices.clear();
      add(drops ? "8" : "7");
      cycle();
      samples.clear();
      cycle();
      assertThat(traffic()).as("drops " + drops).hasSize(5);
      agent.asked.clear();
      cycle();
      assertThat(agent.asked).hasSize(3);
    }
  }

  @Test
  void beginsTheVisitsOneAfterTheOther() {
    for (int i = 100; i < 200; i++) {
      add("" + i);
    }
    polling.tick();
    pass(1);
    polling.tick();
    long visited = polling.states().stream().filter(s -> s.answered().isPresent()).count();
    assertThat(visited).isBetween(15L, 25L);
    pass(4);
    polling.tick();
    assertThat(polling.states()).allMatch(s -> s.answered().isPresent());
  }

  @Test
  void forgetsWhatIsNoLongerWatched() {
    cycle();
    devices.clear();
    cycle();
    assertThat(polling.states()).isEmpty();
  }

  @Test
  void takesTheFactsOfRadios() {
    agent.objects.put(Oids.at(Oids.MIKROTIK_SIGNAL, 1), new Integer32(-67));
    agent.objects.put(Oids.at(Oids.MIKROTIK_CLIENTS, 2), new Integer32(12));
    cycle();
    assertThat(samples)
        .filteredOn(Sample.Wireless.class::isInstance)
        .map(sample -> (Sample.Wireless) sample)
        .satisfiesExactly(
            one -> assertThat(one.signal()).isEqualTo(-67.0),
            other -> assertThat(other.clients()).isEqualTo(12.0));
  }

  @Test
  void goesOnThoughItsClockIsPutBack() {
    cycle();
    now = now.minusSeconds(86_400);
    agent.asked.clear();
    polling.tick();
    pass(5);
    polling.tick();
    assertThat(polling.cycle().orElseThrow().begun()).isBefore(BEGIN);
    assertThat(agent.asked).isNotEmpty();
  }
}
