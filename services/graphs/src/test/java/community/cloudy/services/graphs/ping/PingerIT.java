package community.cloudy.services.graphs.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.settings.PingSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real programs, on loopback and towards an address where nobody is. */
final class PingerIT {

  private static final String NOBODY = "10.255.255.1";

  private static final PingSettings SETTINGS = new PingSettings(true, 3, 300);

  @TempDir Path folder;
  private final List<Device> devices = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> returned = new ArrayList<>();

  private void add(String id, String address) throws IOException {
    devices.removeIf(device -> device.id().equals(id));
    devices.add(
        new Device(
            id,
            "",
            "",
            Optional.of(InetAddress.getByName(address)),
            Optional.empty(),
            List.of(),
            false,
            List.of()));
  }

  private Sample.Ping of(String id) {
    return samples.stream()
        .filter(sample -> sample.device().equals(id))
        .map(sample -> (Sample.Ping) sample)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void recordsAnOutageAsLossAndSaysWhoIsBack() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/fping")), "needs fping");
    add("up", "127.0.0.1");
    add("six", "::1");
    add("down", NOBODY);
    try (Pinger pinger =
        new Pinger(
            SETTINGS, folder, () -> devices, samples::addAll, returned::add, () -> Instant.EPOCH)) {
      pinger.round();
      assertThat(pinger.problem()).isEmpty();
      assertThat(of("up").loss()).isZero();
      assertThat(of("up").latency()).isBetween(of("up").best(), of("up").worst());
      assertThat(of("six").loss()).isZero();
      assertThat(of("down").loss()).isEqualTo(100);
      assertThat(of("down").latency()).isNaN();
      assertThat(pinger.state("down").orElseThrow().up()).isFalse();
      assertThat(returned).isEmpty();
      add("down", "127.0.0.2");
      pinger.round();
      assertThat(returned).containsExactly("down");
    }
  }

  @Test
  void doesTheSameWithTheSystemsPing() throws IOException {
    Path ping = Path.of("/usr/bin/ping");
    assumeTrue(Files.isExecutable(ping), "needs iputils-ping");
    Map<String, Echoes> echoes =
        new Programs(folder).ping(ping, List.of("127.0.0.1", "::1", NOBODY), SETTINGS);
    assertThat(echoes.get("127.0.0.1").loss()).isZero();
    assertThat(echoes.get("::1").loss()).isZero();
    assertThat(echoes.get(NOBODY).loss()).isEqualTo(100);
  }
}
