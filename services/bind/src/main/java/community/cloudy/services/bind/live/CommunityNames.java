package community.cloudy.services.bind.live;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.mdns.DnsNames;
import community.cloudy.services.bind.zone.Records;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/**
 * Makes the records of what the community announces: {@code NODE}, {@code SERVICE.NODE} and {@code
 * TYPE.NODE}; {@code TYPE.nearest} for the nearest healthy node that offers a type; and for those
 * who browse, SRV and DNS-SD (RFC 2782, RFC 6763). What is said to be at a third party's address
 * has no name here. Used by one thread.
 */
public final class CommunityNames {
  /** named takes no more records of one name and type (max-records-per-type). */
  private static final int MAX_LIST = 100;

  private final Name zone;
  private final long ttl;
  private final Nearest nearest = new Nearest();
  private final Map<String, Integer> listed = new HashMap<>();

  /** Makes names in {@code zone}. */
  public CommunityNames(Name zone, Duration ttl) {
    this.zone = zone;
    this.ttl = ttl.toSeconds();
  }

  /**
   * Returns all records but those of the zone itself.
   *
   * @param node this node's name
   * @param self its address
   * @param services of the community, the nearest first
   * @param distance to a node
   */
  public Set<Record> of(
      String node,
      InetAddress self,
      List<Service> services,
      Function<String, Optional<Duration>> distance) {
    listed.clear();
    Set<Record> records = new LinkedHashSet<>();
    Hosts hosts = new Hosts(node, self, services);
    addresses(records, Records.below("ns1", zone), List.of(self));
    hosts.labels().forEach(l -> addresses(records, Records.below(l, zone), hosts.addresses(l)));
    List<Place> places = places(services, hosts, distance);
    places.forEach(place -> names(records, place));
    Name below = Records.below(Labels.NEAREST, zone);
    byType(places)
        .forEach(
            (type, all) ->
                nearest
                    .of(type, all)
                    .ifPresent(
                        place ->
                            addresses(records, Records.below(type, below), place.addresses())));
    return records;
  }

  private static Map<String, List<Place>> byType(List<Place> places) {
    return places.stream().collect(groupingBy(Place::type, TreeMap::new, toList()));
  }

  private static List<Place> places(
      List<Service> services, Hosts hosts, Function<String, Optional<Duration>> distance) {
    List<Place> places = new ArrayList<>();
    for (Service service : services) {
      Optional<String> host = service.elsewhere() ? Optional.empty() : hosts.of(service);
      Optional<String> id = Labels.of(service.id());
      Optional<String> type = Labels.of(service.offer().type());
      if (host.isPresent() && id.isPresent() && type.isPresent()) {
        Optional<Duration> far =
            service.trust() == Service.Trust.OWN
                ? Optional.of(Duration.ZERO)
                : distance.apply(service.node());
        List<InetAddress> addresses = hosts.addresses(host.get());
        places.add(new Place(service, host.get(), id.get(), type.get(), addresses, far));
      }
    }
    return places;
  }

  private void names(Set<Record> records, Place place) {
    Name host = Records.below(place.host(), zone);
    Name target = Records.below(place.id(), host);
    addresses(records, target, place.addresses());
    addresses(records, Records.below(place.type(), host), place.addresses());
    ServiceEndpoint first = place.service().offer().endpoints().get(0);
    String type = place.service().offer().type();
    Set<String> kinds = new LinkedHashSet<>();
    kinds.add(DnsNames.serviceType(type, first.scheme()));
    kinds.add(DnsNames.serviceType(type, ""));
    kinds.forEach(kind -> browsable(records, place, first, kind, target));
  }

  private void browsable(
      Set<Record> records, Place place, ServiceEndpoint endpoint, String kind, Name target) {
    int dot = kind.indexOf('.');
    Name protocol = Records.below(kind.substring(dot + 1), zone);
    Name browsed = Records.below(kind.substring(0, dot), protocol);
    Name instance = Records.below(instance(place), browsed);
    listed(records, pointer(services(), browsed));
    listed(records, pointer(browsed, instance));
    records.add(new SRVRecord(instance, DClass.IN, ttl, 0, 0, endpoint.port(), target));
    records.add(Records.text(instance, ttl, texts(place, endpoint)));
    if (place.state() != Health.State.FAILING) {
      int priority = place.priority();
      listed(records, new SRVRecord(browsed, DClass.IN, ttl, priority, 0, endpoint.port(), target));
    }
  }

  /** The node is part of the name for people, so that two of one name differ. */
  private static String instance(Place place) {
    String name = place.service().offer().name() + " (" + place.id() + ") on " + place.host();
    String whole = Labels.instance(name, 63);
    // What was cut off may have been all that told two apart.
    return whole.equals(name)
        ? name
        : Labels.instance(name, 54) + "~%08x".formatted(name.hashCode());
  }

  private static List<String> texts(Place place, ServiceEndpoint endpoint) {
    List<String> texts = new ArrayList<>();
    if (!endpoint.path().isEmpty()) {
      texts.add("path=" + endpoint.path());
    }
    place.service().offer().attributes().forEach((key, value) -> texts.add(key + "=" + value));
    return texts.isEmpty() ? List.of("") : texts;
  }

  private Name services() {
    return Records.below("_services", Records.below("_dns-sd", Records.below("_udp", zone)));
  }

  /** Adds to a list, unless it is full; the nearest come first. */
  private void listed(Set<Record> records, Record record) {
    String list = record.getName() + " " + record.getType();
    if (!records.contains(record) && listed.merge(list, 1, Integer::sum) <= MAX_LIST) {
      records.add(record);
    }
  }

  private PTRRecord pointer(Name from, Name to) {
    return new PTRRecord(from, DClass.IN, ttl, to);
  }

  private void addresses(Set<Record> records, Name name, List<InetAddress> addresses) {
    addresses.forEach(address -> records.add(Records.address(name, ttl, address)));
  }
}
