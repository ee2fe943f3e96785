package community.cloudy.services.bind.guifi;

import community.cloudy.services.bind.settings.View;
import community.cloudy.services.bind.zone.Records;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.spi.xml.Xml;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;

/**
 * All addresses of the community and their devices, as {@code /dump/ips} tells them: {@code subnet}
 * with a {@code range} of {@code 10} or {@code 172} holds {@code IP}. A device is called {@code
 * NICK--ID} in the zone of addresses, which has those of 10 alone, as it always had.
 */
final class AddressDump implements Xml.Listener {
  private static final int MAX_LABEL = 63;
  private static final long TTL = 86_400;

  private final Name zone;
  private final Map<String, List<Record>> pointers = new TreeMap<>();
  private final List<Record> addresses = new ArrayList<>();
  private String range = "";

  private AddressDump(Name zone) {
    this.zone = zone;
  }

  /**
   * Returns the zones of a document.
   *
   * @param zone of the devices' names
   * @param address this node's, which serves them
   */
  static List<Zone> read(byte[] document, Name zone, InetAddress address) {
    AddressDump reader = new AddressDump(zone);
    Documents.read("the document of addresses", document, reader);
    return reader.zones(address);
  }

  private List<Zone> zones(InetAddress address) {
    Name server = Records.below("ns1", zone);
    addresses.add(Records.address(server, TTL, address));
    List<Zone> zones = new ArrayList<>();
    zones.add(zone(zone, server, addresses));
    pointers.forEach(
        (range, records) -> zones.add(zone(Records.below(range, REVERSE), server, records)));
    return zones;
  }

  private static final Name REVERSE = Records.below("in-addr", Records.below("arpa", Name.root));

  private Zone.Primary zone(Name name, Name server, List<Record> records) {
    Name contact = Records.below("hostmaster", zone);
    return new Zone.Primary(
        name, View.INTERNAL, "guifi", List.of(server), contact, records, 0, false);
  }

  @Override
  public void begin(Xml.Element element) {
    if (element.name().equals("subnet")) {
      range = element.at("range");
      if (!range.matches("[0-9]{1,3}")) {
        throw new IllegalArgumentException("a range must be like 10");
      }
    } else if (element.name().equals("IP")) {
      add(element);
    }
  }

  private void add(Xml.Element element) {
    InetAddress address = DomainsDocument.address(element.at("address"));
    if (!address.getHostAddress().startsWith(range + ".")) {
      throw new IllegalArgumentException("an address of the range " + range + " must be in it");
    }
    Name name = Records.below(label(element.at("nick"), element.at("device_id")), zone);
    if (range.equals("10")) {
      addresses.add(Records.address(name, TTL, address));
    }
    pointers
        .computeIfAbsent(range, any -> new ArrayList<>())
        .add(new PTRRecord(ReverseMap.fromAddress(address), DClass.IN, TTL, name));
  }

  private static String label(String nick, String device) {
    if (!device.matches("[0-9]{1,12}")) {
      throw new IllegalArgumentException("a device_id must be a number");
    }
    String clean = nick.replaceAll("[^A-Za-z0-9-]", "").replaceAll("^-+|-+$", "");
    String cut = clean.substring(0, Math.min(clean.length(), MAX_LABEL - 2 - device.length()));
    return (cut.isEmpty() ? "device" : cut) + "--" + device;
  }
}
