package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.graphs.settings.SnmpSettings;
import community.cloudy.services.graphs.watch.Found;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A poller of devices on loopback, with cycles of two seconds. */
final class Bed implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(2);
  static final SnmpSettings SETTINGS = new SnmpSettings(Duration.ofSeconds(1), 0, 10, 100);

  final List<Sample> samples = new CopyOnWriteArrayList<>();
  private final Map<String, Device> devices = new ConcurrentHashMap<>();
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  final Poller poller;

  Bed(CredentialSettings... credentials) {
    poller =
        new Poller(
            SETTINGS,
            List.of(credentials),
            INTERVAL,
            () -> new Inventory(devices, Map.of()),
            this::numbered,
            samples::addAll,
            InstantSource.system());
  }

  private List<Port> numbered(Device device, List<Found> found) {
    return found.stream()
        .map(
            one ->
                new Port(
                    numbers.computeIfAbsent(device.id() + one.name(), any -> one.index()),
                    Optional.of(one.name()),
                    OptionalInt.of(one.index()),
                    one.title()))
        .toList();
  }

  /** Adds a device at an address of loopback. */
  Bed with(String id, String address, String credential) throws IOException {
    devices.put(
        id,
        new Device(
            id,
            "",
            "",
            Optional.of(InetAddress.getByName(address)),
            Optional.of(credential),
            List.of(),
            true,
            List.of()));
    return this;
  }

  Bed start() {
    poller.start();
    return this;
  }

  DeviceState state(String id) {
    return poller.state(id).orElseThrow();
  }

  /** Returns the last rates of a device by port, of those that are known. */
  List<Sample.Traffic> traffic(String id) {
    return samples.stream()
        .filter(sample -> sample instanceof Sample.Traffic && sample.device().equals(id))
        .map(sample -> (Sample.Traffic) sample)
        .toList();
  }

  @Override
  public void close() {
    poller.close();
  }
}
