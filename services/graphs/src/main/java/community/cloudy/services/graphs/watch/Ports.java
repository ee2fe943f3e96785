package community.cloudy.services.graphs.watch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which number each interface of each device has, for good: files are called by it, so that they go
 * on when a device numbers its interfaces anew. Safe for many threads.
 */
final class Ports {
  private static final int MAX_FILE = 64 << 20;
  private static final int MAX_NAMES = 4096;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /** The names of interfaces by number, of each device by id. */
  private final Map<String, TreeMap<Integer, String>> names;

  /** The ports of devices as they were found last. */
  private final Map<String, List<Port>> found = new HashMap<>();

  private boolean changed;

  /**
   * Reads what is known.
   *
   * @throws IOException if the file is there but cannot be read
   */
  Ports(Path file) throws IOException {
    this.file = file;
    names =
        Files.exists(file)
            ? JSON.readValue(SafeFile.read(file, MAX_FILE), new TypeReference<>() {})
            : new TreeMap<>();
  }

  /** Keeps what is new. */
  void keep() throws IOException {
    byte[] content;
    synchronized (this) {
      if (!changed) {
        return;
      }
      changed = false;
      content = JSON.writeValueAsBytes(names);
    }
    try {
      SafeFile.write(file, content, "rw-------");
    } catch (IOException e) {
      synchronized (this) {
        changed = true;
      }
      throw e;
    }
  }

  /** Returns the ports of a device that its source names by their names alone. */
  synchronized List<Port> named(String device, List<String> wanted) {
    TreeMap<Integer, String> known = names.computeIfAbsent(device, any -> new TreeMap<>());
    return wanted.stream()
        .distinct()
        .map(
            name ->
                new Port(
                    number(known, name, wanted.indexOf(name)),
                    Optional.of(name),
                    OptionalInt.empty(),
                    ""))
        .toList();
  }

  /** Returns a device with its ports as they were found last. */
  synchronized Device with(Device device) {
    List<Port> ports = found.get(device.id());
    return ports == null ? device : with(device, ports);
  }

  private static Device with(Device device, List<Port> ports) {
    return new Device(
        device.id(),
        device.title(),
        device.node(),
        device.address(),
        device.credential(),
        ports,
        device.allPorts(),
        device.clients());
  }

  /**
   * Returns the ports to measure of those found; one that its source names and that was not found
   * is there without an index.
   *
   * @param device as its source names it
   */
  synchronized List<Port> numbered(Device device, List<Found> interfaces) {
    TreeMap<Integer, String> known = names.computeIfAbsent(device.id(), any -> new TreeMap<>());
    Map<String, Found> byName =
        interfaces.stream()
            .collect(
                Collectors.toMap(
                    Found::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    if (known.size() > MAX_NAMES) {
      known.values().retainAll(byName.keySet()); // Sessions that come and go under new names.
    }
    Map<Integer, Port> ports = new LinkedHashMap<>();
    for (Port listed : device.ports()) {
      Optional<Found> here = here(listed, known, byName);
      here.ifPresent(one -> remember(known, listed.number(), one.name()));
      ports.put(listed.number(), here.map(one -> port(listed, one)).orElse(listed));
    }
    if (device.allPorts()) {
      for (Found one : byName.values()) {
        boolean isIn =
            ports.values().stream().anyMatch(port -> port.name().equals(Optional.of(one.name())));
        if (!isIn && ports.size() < Device.MAX_PORTS) {
          int number = number(known, byName, one);
          ports.put(
              number,
              new Port(number, Optional.of(one.name()), OptionalInt.of(one.index()), one.title()));
        }
      }
    }
    List<Port> all = List.copyOf(ports.values());
    found.put(device.id(), all);
    return all;
  }

  /** Finds one by the name it has, or had when it was first seen; else by its index. */
  private static Optional<Found> here(
      Port listed, Map<Integer, String> known, Map<String, Found> byName) {
    return listed
        .name()
        .or(() -> Optional.ofNullable(known.get(listed.number())))
        .flatMap(name -> Optional.ofNullable(byName.get(name)))
        .or(
            () ->
                byName.values().stream()
                    .filter(one -> listed.index().equals(OptionalInt.of(one.index())))
                    .findFirst());
  }

  private static Port port(Port listed, Found here) {
    return new Port(
        listed.number(),
        Optional.of(here.name()),
        OptionalInt.of(here.index()),
        listed.title().isEmpty() ? here.title() : listed.title());
  }

  /** An unknown name at the index of one that is gone is the same interface, renamed. */
  private int number(Map<Integer, String> known, Map<String, Found> byName, Found one) {
    String there = known.get(one.index());
    if (there != null && !known.containsValue(one.name()) && !byName.containsKey(there)) {
      remember(known, one.index(), one.name());
    }
    return number(known, one.name(), one.index());
  }

  private int number(Map<Integer, String> known, String name, int wanted) {
    for (Map.Entry<Integer, String> entry : known.entrySet()) {
      if (entry.getValue().equals(name)) {
        return entry.getKey();
      }
    }
    int number =
        known.containsKey(wanted)
            ? IntStream.iterate(1, i -> i + 1)
                .filter(i -> !known.containsKey(i))
                .findFirst()
                .orElse(wanted)
            : wanted;
    remember(known, number, name);
    return number;
  }

  private void remember(Map<Integer, String> known, int number, String name) {
    changed |= !name.equals(known.put(number, name));
  }
}
