package community.cloudy.services.graphs.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All devices that are watched at one moment.
 *
 * @param devices by id, in the order of their sources
 * @param nodes the titles of nodes, by id
 */
public record Inventory(Map<String, Device> devices, Map<String, String> nodes) {
  /** Nothing is watched. */
  public static final Inventory EMPTY = new Inventory(Map.of(), Map.of());

  /** Copies the maps; the order of devices stays. */
  public Inventory {
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
    nodes = Map.copyOf(nodes);
  }

  /** Returns the devices. */
  public Collection<Device> all() {
    return devices.values();
  }

  /** Returns the device of that id. */
  public Optional<Device> device(String id) {
    return Optional.ofNullable(devices.get(id));
  }

  /** Returns the devices that stand at a node. */
  public List<Device> at(String node) {
    return all().stream().filter(device -> device.node().equals(node)).toList();
  }
}
