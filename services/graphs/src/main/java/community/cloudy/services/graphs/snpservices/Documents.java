package community.cloudy.services.graphs.snpservices;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Inventory;
import community.cloudy.services.graphs.model.Port;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What is watched, in guifi.net's formats. Nothing that is planned or dropped is among it. */
final class Documents {
  private static final String WORKING = "Working";
  private static final int MAX_NODES = 1000;

  /** A clock of twelve hours without a half of the day, as guifi.net's. */
  private static final DateTimeFormatter GENERATED =
      DateTimeFormatter.ofPattern("yyyyMMdd hhmm", Locale.ROOT);

  private Documents() {}

  /**
   * Returns the list of devices for MRTG: {@code ID,#TITLE,ADDRESS,PORTS,STATUS}.
   *
   * @param version 3 leaves the ports out
   */
  static String csv(Inventory inventory, long version) {
    return inventory.all().stream()
        .filter(device -> device.address().isPresent())
        .map(device -> line(device, version))
        .collect(Collectors.joining());
  }

  private static String line(Device device, long version) {
    String ports = device.ports().stream().map(Documents::port).collect(Collectors.joining("|"));
    return device.id()
        + ",#"
        + field(device.title())
        + ","
        + address(device)
        + (version >= 3 || ports.isEmpty() ? "" : "," + ports)
        + ","
        + WORKING
        + "\n";
  }

  private static String port(Port port) {
    return port.index().isPresent()
        ? String.valueOf(port.index().getAsInt())
        : field(port.name().orElse("")) + ";" + field(port.title());
  }

  private static String field(String text) {
    return text.replaceAll("[,|;\\p{Cntrl}]", " ");
  }

  private static String address(Device device) {
    return device.address().map(InetAddress::getHostAddress).orElse("");
  }

  /** Returns the names of the files of all devices, a line each. */
  static String files(Inventory inventory) {
    StringBuilder files = new StringBuilder();
    for (Device device : inventory.all()) {
      if (device.address().isPresent()) {
        files.append(device.id()).append("_ping.rrd\n");
        for (Port port : device.ports()) {
          files.append(device.id()).append('-').append(port.number()).append("_traf.rrd\n");
        }
      }
    }
    return files.toString();
  }

  /** Returns some nodes as CNML, as far as they are known here: no places, no links of others. */
  static byte[] nodes(Inventory inventory, List<String> ids, ZonedDateTime now) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("1.0");
      start(xml, 0, "cnml", "version", "0.1", "server_id", "1");
      xml.writeAttribute("server_url", "http://guifi.net");
      xml.writeAttribute("generated", GENERATED.format(now));
      start(xml, 1, "class", "node_description", String.join(",", ids), "Mapping", "yes");
      xml.writeEndElement();
      for (String id : ids.subList(0, Math.min(ids.size(), MAX_NODES))) {
        List<Device> devices = inventory.at(id);
        String title = inventory.nodes().get(id);
        if (title != null || !devices.isEmpty()) {
          node(xml, inventory, id, title == null ? "" : title);
        }
      }
      end(xml, 0);
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a document in memory cannot fail", e);
    }
    return (out + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void node(XMLStreamWriter xml, Inventory inventory, String id, String title)
      throws XMLStreamException {
    start(xml, 1, "node", "id", id, "title", title, "status", WORKING);
    for (Device device : inventory.at(id)) {
      start(xml, 2, "device", "id", device.id(), "title", device.title());
      if (device.address().isPresent()) {
        xml.writeAttribute("mainipv4", address(device));
      }
      xml.writeAttribute("status", WORKING);
      for (Port port : device.ports()) {
        radio(xml, inventory, device, port);
      }
      end(xml, 2);
    }
    end(xml, 1);
  }

  private static void radio(XMLStreamWriter xml, Inventory inventory, Device device, Port port)
      throws XMLStreamException {
    String number = String.valueOf(port.number());
    start(xml, 3, "radio", "id", number, "device_id", device.id(), "ssid", port.title());
    if (port.index().isPresent()) {
      xml.writeAttribute("snmp_index", String.valueOf(port.index().getAsInt()));
    } else if (port.name().isPresent()) {
      xml.writeAttribute("snmp_name", clean(port.name().get()));
    }
    if (port.equals(device.ports().get(0)) && !device.clients().isEmpty()) {
      start(xml, 4, "interface");
      for (String client : device.clients()) {
        start(xml, 5, "link", "linked_device_id", client);
        String node = inventory.device(client).map(Device::node).orElse("");
        xml.writeAttribute("linked_node_id", clean(node));
        xml.writeEndElement();
      }
      end(xml, 4);
    }
    end(xml, 3);
  }

  private static void start(XMLStreamWriter xml, int depth, String name, String... attributes)
      throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeStartElement(name);
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
    }
  }

  private static void end(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeEndElement();
  }

  /** What XML cannot hold becomes a question mark. */
  private static String clean(String text) {
    return text.replaceAll("[^\\x20-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]", "?");
  }
}
