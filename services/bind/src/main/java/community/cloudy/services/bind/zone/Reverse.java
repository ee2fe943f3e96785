package community.cloudy.services.bind.zone;

import community.cloudy.services.bind.settings.Network;
import community.cloudy.services.bind.settings.View;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;

/** Makes the zone that names the addresses of a network. */
final class Reverse {
  private Reverse() {}

  /**
   * Returns the names of a network's addresses, each after the first record that has it.
   *
   * @param named zones with names for addresses, the first counts
   */
  static List<Record> of(Network network, Collection<Zone.Primary> named) {
    Map<InetAddress, Record> names = new LinkedHashMap<>();
    for (Zone.Primary zone : named) {
      for (Record record : zone.records()) {
        address(record)
            .filter(address -> network.holds(address) && !record.getName().isWild())
            .ifPresent(address -> names.putIfAbsent(address, pointer(address, record)));
      }
    }
    return new ArrayList<>(names.values());
  }

  private static Record pointer(InetAddress address, Record record) {
    return new PTRRecord(
        ReverseMap.fromAddress(address), DClass.IN, record.getTTL(), record.getName());
  }

  private static Optional<InetAddress> address(Record record) {
    if (record instanceof ARecord a) {
      return Optional.of(a.getAddress());
    }
    return record instanceof AAAARecord aaaa ? Optional.of(aaaa.getAddress()) : Optional.empty();
  }

  /** Returns a zone of such names. */
  static Zone.Primary zone(Name name, List<Name> servers, Name contact, List<Record> records) {
    return new Zone.Primary(name, View.INTERNAL, "reverse", servers, contact, records, 0, false);
  }
}
