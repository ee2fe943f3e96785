package community.cloudy.services.bind.zone;

import community.cloudy.services.bind.settings.Server;
import community.cloudy.services.bind.settings.View;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A zone that this node answers for, or passes questions on about. */
public sealed interface Zone {
  /** Returns its name, absolute. */
  Name name();

  /** Returns who sees it. */
  View view();

  /** Returns where it comes from: {@code settings}, {@code guifi}, {@code catalogue}, … */
  String origin();

  /**
   * A zone whose file is written here.
   *
   * @param nameservers at least one; the first is the one it began at
   * @param contact a mail address as a name
   * @param records all others, of any name in the zone
   * @param serial to stay above
   * @param open whether anybody may transfer it
   */
  record Primary(
      Name name,
      View view,
      String origin,
      List<Name> nameservers,
      Name contact,
      List<Record> records,
      long serial,
      boolean open)
      implements Zone {
    /** Checks that all records are of the zone. */
    public Primary {
      nameservers = List.copyOf(nameservers);
      records = List.copyOf(records);
      if (nameservers.isEmpty()) {
        throw new IllegalArgumentException("a zone must have a name server");
      }
      for (Record record : records) {
        if (!record.getName().subdomain(name)) {
          throw new IllegalArgumentException(record.getName() + " is not in the zone " + name);
        }
      }
    }

    /** Returns a copy with these records. */
    public Primary with(List<Record> others) {
      return new Primary(name, view, origin, nameservers, contact, others, serial, open);
    }
  }

  /**
   * A zone that changes while it is served; only its beginning is written here.
   *
   * @param beginning what it holds when it is made
   */
  record Dynamic(Primary beginning) implements Zone {
    @Override
    public Name name() {
      return beginning.name();
    }

    @Override
    public View view() {
      return beginning.view();
    }

    @Override
    public String origin() {
      return beginning.origin();
    }
  }

  /**
   * A zone copied from others.
   *
   * @param signed whether with the transfer key
   */
  record Secondary(Name name, View view, String origin, List<Server> primaries, boolean signed)
      implements Zone {
    /** Copies the list. */
    public Secondary {
      primaries = List.copyOf(primaries);
    }
  }

  /** A zone that others are asked about. */
  record Forward(Name name, View view, String origin, List<Server> servers) implements Zone {
    /** Copies the list. */
    public Forward {
      servers = List.copyOf(servers);
    }
  }
}
