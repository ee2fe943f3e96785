package community.cloudy.services.graphs.watch;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.settings.Address;
import community.cloudy.services.spi.xml.Xml;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the Community Network Markup Language of guifi.net: {@code zone}, nested, holds {@code
 * node}, this {@code device}, this {@code radio} and {@code interface}, this {@code link}. Every
 * attribute may be missing but a device's id. Only what is watched is kept in memory.
 *
 * <p>A device belongs to the graph server that it names; 0 or nothing stands for its node's, that
 * for its zone's, and so on; -1 for none. Devices linked to one of ours are watched with it.
 */
final class Cnml implements Xml.Listener {
  private static final Xml.Limits LIMITS = new Xml.Limits(64, 20_000_000, 512L << 20, 64 << 10);
  private static final int MAX_CLIENTS = 4096;
  private static final String NONE = "-1";

  private final String server;
  private final Optional<Set<String>> linked;
  private final Set<String> links = new HashSet<>();
  private final Set<String> ids = new HashSet<>();
  private final List<Device> devices = new ArrayList<>();
  private final Map<String, String> nodes = new HashMap<>();
  private final Deque<String> servers = new ArrayDeque<>();
  private Xml.Element node = new Xml.Element("node", Map.of());
  private Optional<Building> building = Optional.empty();
  private int skipped;

  private Cnml(int server, Optional<Set<String>> linked) {
    this.server = Integer.toString(server);
    this.linked = linked;
    servers.push(NONE);
  }

  /** A device that is being read. */
  private static final class Building {
    private final Xml.Element device;
    private final boolean ours;
    private final List<Port> ports = new ArrayList<>();
    private final Set<String> clients = new LinkedHashSet<>();
    private int radios;
    private boolean inAccessPoint;

    Building(Xml.Element device, boolean ours) {
      this.device = device;
      this.ours = ours;
    }
  }

  /**
   * Reads a document, twice if a server is given: links may name devices that come before.
   *
   * @param server the id of the graph server whose devices count; 0 for all
   * @throws community.cloudy.services.spi.ServiceException if it is broken or over its bounds
   */
  static Listed read(Path document, int server) throws IOException {
    Optional<Set<String>> linked = Optional.empty();
    if (server != 0) {
      linked = Optional.of(pass(document, new Cnml(server, Optional.empty())).links);
    }
    Cnml cnml = pass(document, new Cnml(server, linked));
    return new Listed(cnml.devices, cnml.nodes, cnml.skipped);
  }

  private static Cnml pass(Path document, Cnml cnml) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(document), 1 << 16)) {
      Xml.read("the CNML", in, LIMITS, cnml);
    }
    return cnml;
  }

  @Override
  public void begin(Xml.Element element) {
    switch (element.name()) {
      case "zone" -> servers.push(server(element));
      case "node" -> {
        servers.push(server(element));
        node = element;
      }
      case "device" -> building = Optional.of(new Building(element, isOurs(server(element))));
      case "radio" -> building.ifPresent(device -> radio(device, element));
      case "link" -> building.ifPresent(device -> link(device, element));
      default -> {
        // Others may say more than we know.
      }
    }
  }

  private String server(Xml.Element element) {
    String named = element.at("graph_server");
    return named.isEmpty() || named.equals("0") ? servers.element() : named;
  }

  private boolean isOurs(String named) {
    return server.equals("0") || server.equals(named);
  }

  /** Its number is the index it names, else its place among the device's radios, as it was. */
  private static void radio(Building device, Xml.Element radio) {
    device.inAccessPoint = radio.at("mode").equalsIgnoreCase("ap");
    int place = device.radios++;
    OptionalInt index = index(radio.at("snmp_index"));
    String name = Listed.title(radio.at("snmp_name"));
    String title = Listed.title(radio.at("ssid"));
    if (index.isPresent()) {
      add(device, new Port(index.getAsInt(), Optional.empty(), index, title));
    } else if (!name.isEmpty()) {
      add(device, new Port(place, Optional.of(name), OptionalInt.empty(), title));
    }
  }

  private static void add(Building device, Port port) {
    if (device.ports.size() < 64
        && device.ports.stream().noneMatch(other -> other.number() == port.number())) {
      device.ports.add(port);
    }
  }

  static OptionalInt index(String text) {
    return text.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  private void link(Building device, Xml.Element link) {
    String other = link.at("linked_device_id");
    if (!Listed.stands(link.at("link_status")) || !other.matches("[0-9]{1,20}")) {
      return;
    }
    if (device.ours && links.size() < Listed.MAX_DEVICES) {
      links.add(other);
    }
    if (device.inAccessPoint
        && link.at("link_type").equalsIgnoreCase("ap/client")
        && device.clients.size() < MAX_CLIENTS) {
      device.clients.add(other);
    }
  }

  @Override
  public void end(String name) {
    if (name.equals("zone") || name.equals("node")) {
      servers.pop();
    } else if (name.equals("radio")) {
      building.ifPresent(device -> device.inAccessPoint = false);
    } else if (name.equals("device")) {
      building.filter(device -> isWatched(device)).ifPresent(this::add);
      building = Optional.empty();
    }
  }

  private boolean isWatched(Building building) {
    Xml.Element device = building.device;
    String status = device.at("status").isEmpty() ? node.at("status") : device.at("status");
    return Listed.stands(status)
        && (building.ours || linked.map(others -> others.contains(device.at("id"))).orElse(false))
        && (server.equals("0") || linked.isPresent());
  }

  private void add(Building building) {
    Xml.Element device = building.device;
    if (building.ports.isEmpty()) {
      index(device.at("snmp_index"))
          .ifPresent(i -> add(building, new Port(i, Optional.empty(), OptionalInt.of(i), "")));
    }
    if (building.ports.isEmpty()) {
      building.ports.add(Csv.FIRST);
    }
    try {
      String id = device.at("id");
      Device made =
          new Device(
              id,
              Listed.title(device.at("title")),
              node.at("id").matches("[0-9]{1,20}") ? node.at("id") : "",
              Address.parsed(device.at("mainipv4")),
              Optional.empty(),
              building.ports,
              false,
              List.copyOf(building.clients));
      if (ids.add(id)) {
        devices.add(made);
        nodes.put(made.node(), Listed.title(node.at("title")));
      }
    } catch (IllegalArgumentException e) {
      skipped++; // One bad device must not hide all others.
    }
    if (devices.size() > Listed.MAX_DEVICES) {
      throw new IllegalArgumentException("it has more than " + Listed.MAX_DEVICES + " devices");
    }
  }
}
