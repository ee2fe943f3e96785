package community.cloudy.services.graphs.watch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.settings.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The nodes that offer services, as devices. One that is down is hidden from the catalogue, so each
 * is remembered for a while: that it is down is what people want to see. Used by one thread at a
 * time.
 */
final class Neighbours {
  private static final Duration MEMORY = Duration.ofDays(30);
  private static final Duration AGES = Duration.ofHours(6);
  private static final int MAX_NODES = 5000;
  private static final int MAX_FILE = 4 << 20;
  private static final int MAX_NAME = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Known> known;

  /**
   * A node.
   *
   * @param address its last
   * @param seen when it was last in the catalogue, in seconds since 1970
   */
  record Known(String address, long seen) {}

  Neighbours(Path file) throws IOException {
    this.file = file;
    known =
        Files.exists(file)
            ? JSON.readValue(SafeFile.read(file, MAX_FILE), new TypeReference<>() {})
            : new TreeMap<>();
  }

  /**
   * Returns all nodes but this one.
   *
   * @param self this node's name
   */
  Listed list(List<Service> services, String self, Instant now) throws IOException {
    boolean changed = false;
    for (Service service : services) {
      Optional<String> address =
          service.elsewhere()
              ? Optional.empty()
              : service.offer().endpoints().stream().map(ServiceEndpoint::host).findFirst();
      if (address.flatMap(Address::parsed).isPresent()
          && !service.node().equals(self)
          && (known.containsKey(service.node()) || known.size() < MAX_NODES)) {
        changed |= see(service.node(), address.get(), now);
      }
    }
    long oldest = now.minus(MEMORY).getEpochSecond();
    changed |= known.values().removeIf(node -> node.seen() < oldest);
    if (changed) {
      SafeFile.write(file, JSON.writeValueAsBytes(known), "rw-------");
    }
    List<Device> devices = new ArrayList<>();
    known.forEach((name, node) -> devices.add(device(name, node)));
    return new Listed(devices, Map.of(), 0);
  }

  private boolean see(String name, String address, Instant now) {
    Known before = known.get(name);
    if (before != null
        && before.address().equals(address)
        && now.getEpochSecond() - before.seen() < AGES.toSeconds()) {
      return false; // Nothing worth writing.
    }
    known.put(name, new Known(address, now.getEpochSecond()));
    return true;
  }

  private static Device device(String name, Known node) {
    return new Device(
        id(name),
        Listed.title(name),
        "",
        Address.parsed(node.address()),
        Optional.empty(),
        List.of(),
        true,
        List.of());
  }

  /** Names that cannot be ids get some of their hash, so that no two become one. */
  private static String id(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9-]", "");
    String cut = clean.substring(0, Math.min(clean.length(), MAX_NAME - 9));
    if (clean.equals(name) && name.length() <= MAX_NAME) {
      return "cloudy-" + name;
    }
    CRC32 hash = new CRC32();
    hash.update(name.getBytes(StandardCharsets.UTF_8));
    return "cloudy-" + cut + "-" + HexFormat.of().toHexDigits((int) hash.getValue());
  }
}
