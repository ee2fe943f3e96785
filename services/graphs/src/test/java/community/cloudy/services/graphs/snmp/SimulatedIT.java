package community.cloudy.services.graphs.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.settings.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices of our own on loopback, whose rates are known. */
final class SimulatedIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final SimulatedDevice wide = new SimulatedDevice(48, true);
  private final SimulatedDevice narrow = new SimulatedDevice(3, false);
  private Simulator simulator;
  private Bed bed;

  @BeforeEach
  void start() throws IOException {
    simulator = new Simulator();
    int port = simulator.add(InetAddress.getByName("127.0.3.1"), 0, wide);
    simulator.add(InetAddress.getByName("127.0.3.2"), port, narrow);
    simulator.start();
    bed = new Bed(PollBench.credential(port));
    bed.with("wide", "127.0.3.1", "bench").with("narrow", "127.0.3.2", "bench").start();
  }

  @AfterEach
  void stop() throws IOException {
    bed.close();
    simulator.close();
  }

  private void assertRates(String id, int ports) {
    List<Sample.Traffic> all = bed.traffic(id).stream().filter(t -> !Double.isNaN(t.in())).toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(ports);
    for (Sample.Traffic traffic : all) {
      double expected = 10_000.0 * traffic.port();
      assertThat(traffic.in()).isCloseTo(expected, within(expected / 100));
      assertThat(traffic.out()).isCloseTo(expected / 2, within(expected / 200));
    }
  }

  @Test
  void measuresAllPortsOfASwitchWithinOnePercent() {
    await().atMost(PATIENCE).until(() -> bed.traffic("wide").size() >= 48 * 2);
    assertRates("wide", 48 * 2);
    await().atMost(PATIENCE).until(() -> bed.traffic("narrow").size() >= 3);
    assertRates("narrow", 3);
    assertThat(bed.state("wide").name()).isEqualTo("simulated");
  }

  @Test
  void goesOnUnderTheSameNumbersAfterAllPortsAreNumberedAnew() {
    await().atMost(PATIENCE).until(() -> bed.traffic("wide").size() >= 48);
    wide.number(7);
    await().atMost(PATIENCE).until(() -> bed.state("wide").ports().get(0).index().orElse(0) == 8);
    int moved = bed.traffic("wide").size();
    await().atMost(PATIENCE).until(() -> bed.traffic("wide").size() >= moved + 2 * 48);
    assertRates("wide", 48);
    assertThat(bed.state("wide").traffic().get(1).in()).isCloseTo(10_000, within(100.0));
  }

  @Test
  void asksByIpv6Too() throws IOException {
    try (Simulator other = new Simulator();
        Bed six = new Bed(PollBench.credential(six(other)))) {
      other.start();
      six.with("six", "::1", "bench").start();
      await()
          .atMost(PATIENCE)
          .until(() -> six.state("six").condition() == DeviceState.Condition.ANSWERS);
    }
  }

  private static int six(Simulator simulator) throws IOException {
    return simulator.add(new Address("::1").address(), 0, new SimulatedDevice(1, true));
  }

  @Test
  void tellsWhatItFindsStepByStep() {
    assertThat(bed.poller.test("wide"))
        .allMatch(Step::ok)
        .extracting(Step::what)
        .containsExactly("address", "credential", "answer", "interfaces", "ports", "counters");
    narrow.silent = true;
    assertThat(bed.poller.test("narrow"))
        .last()
        .satisfies(step -> assertThat(step.ok()).isFalse())
        .satisfies(step -> assertThat(step.found()).contains("No answer came in time"));
    assertThat(bed.poller.test("unknown")).isEmpty();
  }
}
