package community.cloudy.services.graphs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PortsTest {
  @TempDir Path folder;
  private Ports ports;

  @BeforeEach
  void open() throws IOException {
    ports = new Ports(folder.resolve("ports.json"));
  }

  private void restart() throws IOException {
    ports.keep();
    open();
  }

  private static Device device(boolean all, Port... listed) {
    return new Device(
        "7", "", "", Optional.empty(), Optional.empty(), List.of(listed), all, List.of());
  }

  private static Found at(int index, String name) {
    return new Found(index, name, "to " + name);
  }

  /** The names by number. */
  private Map<Integer, String> numbers(Device device, Found... found) {
    return ports.numbered(device, List.of(found)).stream()
        .filter(port -> port.index().isPresent())
        .collect(Collectors.toMap(Port::number, port -> port.name().orElseThrow()));
  }

  @Test
  void keepsTheNumbersOfAllPortsOverNewIndexesAndRestarts() throws IOException {
    Device device = device(true);
    assertThat(numbers(device, at(1, "a"), at(2, "b"))).isEqualTo(Map.of(1, "a", 2, "b"));
    assertThat(numbers(device, at(1, "b"), at(2, "new"), at(7, "a")))
        .isEqualTo(Map.of(2, "b", 3, "new", 1, "a"));
    restart();
    assertThat(numbers(device, at(10, "a"), at(11, "b"), at(12, "new")))
        .isEqualTo(Map.of(1, "a", 2, "b", 3, "new"));
  }

  @Test
  void goesOnUnderTheSameNumberWhenAPortIsRenamed() {
    Device device = device(true);
    numbers(device, at(1, "a"), at(2, "b"));
    assertThat(numbers(device, at(1, "uplink"), at(2, "b"))).isEqualTo(Map.of(1, "uplink", 2, "b"));
    Device listed = device(false, new Port(2, Optional.empty(), OptionalInt.of(2), "ssid"));
    assertThat(numbers(listed, at(1, "uplink"), at(2, "c"))).isEqualTo(Map.of(2, "c"));
  }

  @Test
  void followsAListedIndexByTheNameItHadFirst() throws IOException {
    Device device = device(false, new Port(5, Optional.empty(), OptionalInt.of(5), "guifi"));
    List<Port> first = ports.numbered(device, List.of(at(4, "eth0"), at(5, "wlan1")));
    assertThat(first)
        .containsExactly(new Port(5, Optional.of("wlan1"), OptionalInt.of(5), "guifi"));
    restart();
    List<Port> later = ports.numbered(device, List.of(at(5, "eth0"), at(9, "wlan1")));
    assertThat(later)
        .containsExactly(new Port(5, Optional.of("wlan1"), OptionalInt.of(9), "guifi"));
  }

  @Test
  void saysWhichListedPortsAreNotThere() {
    Device device =
        device(
            false,
            new Port(0, Optional.of("eth0"), OptionalInt.empty(), ""),
            new Port(1, Optional.of("wlan9"), OptionalInt.empty(), ""));
    assertThat(ports.numbered(device, List.of(at(3, "eth0"))))
        .extracting(Port::index)
        .containsExactly(OptionalInt.of(3), OptionalInt.empty());
  }

  @Test
  void givesNamesThatAPersonWroteTheSameNumbersInAnyOrder() throws IOException {
    assertThat(ports.named("7", List.of("a", "b"))).extracting(Port::number).containsExactly(0, 1);
    restart();
    assertThat(ports.named("7", List.of("c", "b", "a")))
        .extracting(Port::number)
        .containsExactly(2, 1, 0);
  }
}
