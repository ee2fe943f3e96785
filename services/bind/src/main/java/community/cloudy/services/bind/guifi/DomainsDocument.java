package community.cloudy.services.bind.guifi;

import community.cloudy.services.bind.settings.DomainName;
import community.cloudy.services.bind.settings.MailAddress;
import community.cloudy.services.bind.settings.Server;
import community.cloudy.services.bind.settings.View;
import community.cloudy.services.bind.zone.Records;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.spi.xml.Xml;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.Address;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The zones of a DNS server, as {@code /guifi/cnml/ID/domains} tells them: {@code internal} and
 * {@code external} hold {@code master} (with {@code host} and {@code delegation}), {@code slave}
 * and {@code forward}.
 */
final class DomainsDocument implements Xml.Listener {
  private static final int MAX_RECORDS = 200_000;

  private final List<Zone> zones = new ArrayList<>();
  private View view = View.BOTH;
  private Master master = new Master(new DomainName("none"));
  private int count;

  private DomainsDocument() {}

  /** What is known of the {@code master} that is being read. */
  private static final class Master {
    private final Name zone;
    private final List<Name> servers = new ArrayList<>();
    private final List<Record> records = new ArrayList<>();

    private Master(DomainName zone) {
      this.zone = zone.name();
    }
  }

  /** Returns the zones of a document. */
  static List<Zone> read(byte[] document) {
    DomainsDocument reader = new DomainsDocument();
    Documents.read("the document of domains", document, reader);
    return List.copyOf(reader.zones);
  }

  @Override
  public void begin(Xml.Element element) {
    switch (element.name()) {
      case "internal" -> view = View.INTERNAL;
      case "external" -> view = View.EXTERNAL;
      case "master" -> beginMaster(element);
      case "host" -> host(element);
      case "delegation" -> delegation(element);
      case "slave" -> {
        List<Server> servers = list(element.at("master")).stream().map(Server::new).toList();
        zones.add(new Zone.Secondary(zone(element), inView(), "guifi", servers, false));
      }
      case "forward" -> {
        List<Server> servers = list(element.at("forwarder")).stream().map(Server::new).toList();
        if (inView() == View.INTERNAL) {
          zones.add(new Zone.Forward(zone(element), view, "guifi", servers));
        }
      }
      default -> {
        // Others may say more than we know.
      }
    }
  }

  private View inView() {
    if (view == View.BOTH) {
      throw new IllegalArgumentException("a zone must stand in internal or external");
    }
    return view;
  }

  private static Name zone(Xml.Element element) {
    return new DomainName(element.at("zone")).name();
  }

  private void beginMaster(Xml.Element element) {
    inView();
    master = new Master(new DomainName(element.at("zone")));
    master.servers.add(Records.name(orElse(element.at("nameserver"), "ns1"), master.zone));
    for (String name : List.of("*", "@")) {
      addresses(Records.name(name, master.zone), element.at("domain_ip"));
      addresses(Records.name(name, master.zone), element.at("domain_ip_v6"));
    }
    list(element.at("externalNS")).forEach(ns -> master.servers.add(new DomainName(ns).name()));
    int priority = 10;
    for (String mx : list(element.at("externalMX"))) {
      add(new MXRecord(master.zone, DClass.IN, ttl(), priority, new DomainName(mx).name()));
      priority += 10;
    }
    boolean open = element.at("allow-transfer").equals("any");
    String contact = orElse(element.at("contact"), "hostmaster@" + element.at("zone"));
    zones.add(
        new Zone.Primary(
            master.zone,
            view,
            "guifi",
            master.servers,
            new MailAddress(contact).name(),
            List.of(),
            0,
            open));
  }

  private void host(Xml.Element element) {
    Name name = Records.name(element.at("name"), master.zone);
    addresses(name, element.at("IPv4"));
    addresses(name, element.at("IPv6"));
    for (String alias : list(element.at("CNAME"))) {
      add(
          alias.endsWith(".")
              ? new CNAMERecord(name, DClass.IN, ttl(), new DomainName(alias).name())
              : new CNAMERecord(Records.name(alias, master.zone), DClass.IN, ttl(), name));
    }
    if (element.at("NS").equals("y") && !master.servers.contains(name)) {
      master.servers.add(name);
    }
    if (element.at("MX").equals("y")) {
      int priority = number(orElse(element.at("Priority"), "10"));
      add(new MXRecord(master.zone, DClass.IN, ttl(), priority, name));
    }
  }

  private void delegation(Xml.Element element) {
    if (element.at("NS").isEmpty()) {
      return;
    }
    Name server = new DomainName(element.at("NS")).name();
    add(new NSRecord(new DomainName(element.at("name")).name(), DClass.IN, ttl(), server));
    // An address outside of the zone is no glue, and no zone may hold it.
    if (server.subdomain(master.zone)) {
      addresses(server, element.at("IPv4"));
    }
  }

  @Override
  public void end(String name) {
    if (name.equals("master")) {
      Zone.Primary begun = (Zone.Primary) zones.remove(zones.size() - 1);
      zones.add(
          new Zone.Primary(
              begun.name(),
              begun.view(),
              begun.origin(),
              master.servers,
              begun.contact(),
              master.records,
              0,
              begun.open()));
    } else if (name.equals("internal") || name.equals("external")) {
      view = View.BOTH;
    }
  }

  private void addresses(Name name, String texts) {
    for (String text : list(texts)) {
      add(Records.address(name, ttl(), address(text)));
    }
  }

  private void add(Record record) {
    if (++count > MAX_RECORDS) {
      throw new IllegalArgumentException("it has over " + MAX_RECORDS + " records");
    }
    master.records.add(record);
  }

  static InetAddress address(String text) {
    try {
      return Address.getByAddress(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address must be like 10.1.2.3", e);
    }
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException("a priority must be a number up to 9999");
    }
    return Integer.parseInt(text);
  }

  private static long ttl() {
    return Records.TTL.toSeconds();
  }

  private static String orElse(String text, String other) {
    return text.isEmpty() ? other : text;
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
