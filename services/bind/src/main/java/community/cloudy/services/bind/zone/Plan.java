package community.cloudy.services.bind.zone;

import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.bind.settings.DomainName;
import community.cloudy.services.bind.settings.MailAddress;
import community.cloudy.services.bind.settings.Network;
import community.cloudy.services.bind.settings.View;
import community.cloudy.services.bind.settings.ZoneSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * All zones of a node: those that a person wrote, those taken over from elsewhere where nobody
 * wrote one of that name, the names of addresses, the zone of the catalogue, and the list of all
 * that for secondaries.
 *
 * @param zones of any name and view at most one
 */
public record Plan(List<Zone> zones) {
  /** Copies the list. */
  public Plan {
    zones = List.copyOf(zones);
  }

  /**
   * Makes the plan.
   *
   * @param imported zones from elsewhere
   * @param address this node's
   * @throws IllegalArgumentException if a record cannot be used
   */
  public static Plan of(BindSettings settings, List<Zone> imported, InetAddress address) {
    List<Zone> zones = new ArrayList<>();
    new TreeMap<>(settings.zones())
        .forEach((name, zone) -> zones.add(written(new DomainName(name).name(), zone, address)));
    if (settings.catalogue().enabled()) {
      zones.add(catalogue(settings, address));
    }
    List<Name> known = zones.stream().map(Zone::name).toList();
    imported.stream().filter(zone -> !known.contains(zone.name())).forEach(zones::add);
    addReverse(zones, settings.reverse());
    if (!settings.secondaries().isEmpty()) {
      Name name = settings.catalogZone().name();
      zones.add(CatalogZone.of(name, members(zones)));
    }
    return new Plan(zones);
  }

  private static List<Name> members(List<Zone> zones) {
    return zones.stream()
        .filter(zone -> zone instanceof Zone.Primary || zone instanceof Zone.Dynamic)
        .filter(zone -> zone.view().includes(View.INTERNAL))
        .map(Zone::name)
        .sorted()
        .toList();
  }

  private static Zone written(Name name, ZoneSettings zone, InetAddress address) {
    return switch (zone.type()) {
      case SECONDARY ->
          new Zone.Secondary(name, zone.view(), "settings", zone.servers(), zone.signed());
      case FORWARD -> new Zone.Forward(name, View.INTERNAL, "settings", zone.servers());
      case PRIMARY -> primary(name, zone, address);
    };
  }

  private static Zone.Primary primary(Name name, ZoneSettings zone, InetAddress address) {
    List<Record> records = new ArrayList<>();
    zone.records().forEach(record -> records.add(Records.of(record, name)));
    Name contact = zone.contact().map(MailAddress::name).orElseGet(() -> contact(name));
    List<Name> servers = zone.nameservers().stream().map(DomainName::name).toList();
    return servers.isEmpty()
        ? served(
            name, zone.view(), "settings", contact, records, zone.serial(), zone.open(), address)
        : new Zone.Primary(
            name, zone.view(), "settings", servers, contact, records, zone.serial(), zone.open());
  }

  private static Zone.Primary served(
      Name name,
      View view,
      String origin,
      Name contact,
      List<Record> others,
      long serial,
      boolean open,
      InetAddress address) {
    Name server = Records.below("ns1", name);
    List<Record> records = new ArrayList<>(others);
    if (others.stream().noneMatch(record -> record.getName().equals(server))) {
      records.add(Records.address(server, Records.TTL.toSeconds(), address));
    }
    return new Zone.Primary(name, view, origin, List.of(server), contact, records, serial, open);
  }

  private static Name contact(Name zone) {
    return Records.below("hostmaster", zone);
  }

  private static Zone.Dynamic catalogue(BindSettings settings, InetAddress address) {
    Name name = settings.catalogue().zone().name();
    View view = settings.catalogue().external() ? View.BOTH : View.INTERNAL;
    return new Zone.Dynamic(
        served(name, view, "catalogue", contact(name), List.of(), 0, false, address));
  }

  private static void addReverse(List<Zone> zones, List<Network> networks) {
    for (Network network : networks) {
      List<Zone.Primary> named =
          primaries(zones).filter(zone -> zone.view().includes(View.INTERNAL)).toList();
      Name name = network.reverseZone().orElseThrow();
      List<Record> records = new ArrayList<>(Reverse.of(network, named));
      Optional<Zone> before = zones.stream().filter(zone -> zone.name().equals(name)).findFirst();
      if (before.isEmpty()) {
        Name server =
            named.isEmpty()
                ? Records.below("localhost", Name.root)
                : named.get(0).nameservers().get(0);
        zones.add(Reverse.zone(name, List.of(server), contact(server), records));
      } else if (before.get() instanceof Zone.Primary primary
          && !primary.origin().equals("settings")) {
        zones.set(zones.indexOf(primary), primary.with(merged(records, primary.records())));
      }
    }
  }

  /** What is written here counts before what was taken over. */
  private static List<Record> merged(List<Record> ours, List<Record> theirs) {
    Map<Name, Record> byName = new TreeMap<>();
    theirs.forEach(record -> byName.put(record.getName(), record));
    ours.forEach(record -> byName.put(record.getName(), record));
    return new ArrayList<>(byName.values());
  }

  private static Stream<Zone.Primary> primaries(List<Zone> zones) {
    return zones.stream().filter(Zone.Primary.class::isInstance).map(Zone.Primary.class::cast);
  }

  /** Returns the zones whose files are written. */
  public List<Zone.Primary> primaries() {
    return primaries(zones).toList();
  }

  /** Returns the zone of the catalogue, if there is one. */
  public Optional<Zone.Dynamic> dynamic() {
    return zones.stream()
        .filter(Zone.Dynamic.class::isInstance)
        .map(Zone.Dynamic.class::cast)
        .findFirst();
  }
}
