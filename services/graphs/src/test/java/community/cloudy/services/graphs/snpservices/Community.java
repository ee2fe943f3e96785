package community.cloudy.services.graphs.snpservices;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import community.cloudy.services.graphs.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Three devices of two nodes, and three days of what was measured of them. */
final class Community {
  /** 2025-11-29 12:00 UTC. */
  static final long NOW = 1_764_417_600;

  private static final int STEP = 300;
  private static final int COUNT = 3 * 288;

  private Community() {}

  static Inventory inventory() throws UnknownHostException {
    Map<String, Device> devices = new LinkedHashMap<>();
    Port ap = new Port(0, Optional.of("wlan1"), OptionalInt.empty(), "guifi.net, Rambla");
    Port cable = new Port(4, Optional.empty(), OptionalInt.of(4), "");
    add(
        devices,
        new Device(
            "7",
            "BCN-Rambla <40> & co",
            "70",
            address("127.0.0.1"),
            Optional.empty(),
            List.of(ap, cable),
            false,
            List.of("9")));
    add(
        devices,
        new Device(
            "9",
            "BCN-Client",
            "90",
            address("127.0.0.9"),
            Optional.empty(),
            List.of(new Port(0, Optional.of("eth0"), OptionalInt.empty(), "")),
            false,
            List.of()));
    add(
        devices,
        new Device(
            "11",
            "No address",
            "90",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            true,
            List.of()));
    return new Inventory(devices, Map.of("70", "BCN-Rambla", "90", "BCN-Carrer"));
  }

  private static void add(Map<String, Device> devices, Device device) {
    devices.put(device.id(), device);
  }

  private static Optional<InetAddress> address(String text) throws UnknownHostException {
    return Optional.of(InetAddress.getByName(text));
  }

  /** Device 7 always answers in 12 ms; 9 not for the last two hours. */
  static void measure(Store store) {
    List<Sample> samples = new ArrayList<>();
    for (int i = COUNT - 1; i >= 0; i--) {
      Instant at = Instant.ofEpochSecond(NOW - (long) STEP * i);
      boolean out = i < 24;
      samples.add(new Sample.Ping("7", at, 0, 12.9, 10, 15));
      samples.add(new Sample.Ping("9", at, out ? 100 : 0, out ? Double.NaN : 12.9, 10, 15));
      samples.add(new Sample.Traffic("7", 0, at, 1e6, 250_000));
      samples.add(new Sample.Traffic("7", 4, at, 4e6, 2e6));
      samples.add(new Sample.Traffic("9", 0, at, 3e5, 1e5));
    }
    store.write(samples);
  }
}
