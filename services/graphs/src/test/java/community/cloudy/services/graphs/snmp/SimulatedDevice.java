package community.cloudy.services.graphs.snmp;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

/**
 * A switch, the counters of which rise all the time: those of the port that was the i-th at first
 * by 10,000 i octets a second received, and half of that sent.
 */
public final class SimulatedDevice {
  private static final OID[] COLUMNS = {
    Oids.IF_DESCRIPTION,
    Oids.IF_TYPE,
    Oids.IF_SPEED,
    Oids.IF_STATUS,
    Oids.IF_IN,
    Oids.IF_OUT,
    Oids.IF_NAME,
    Oids.IF_WIDE_IN,
    Oids.IF_WIDE_OUT,
    Oids.IF_HIGH_SPEED,
    Oids.IF_ALIAS
  };
  private static final OID IF_TABLE = new OID("1.3.6.1.2.1.2.2");
  private static final long RATE = 10_000;
  private static final long FIRST = 1L << 40;

  private final int ports;
  private final boolean wide;
  private final long begun = System.nanoTime();
  private volatile TreeSet<OID> objects = new TreeSet<>();
  private volatile int shift;

  /** Whether it does not answer. */
  public volatile boolean silent;

  /** Makes one with that many ports. */
  public SimulatedDevice(int ports, boolean wide) {
    this.ports = ports;
    this.wide = wide;
    number(0);
  }

  /** Shares the list of objects with another of the same kind, for there may be thousands. */
  public SimulatedDevice(SimulatedDevice alike) {
    ports = alike.ports;
    wide = alike.wide;
    objects = alike.objects;
  }

  /** Numbers all ports anew: the first one is at {@code by} + 1. */
  public void number(int by) {
    TreeSet<OID> numbered = new TreeSet<>();
    numbered.add(Oids.UPTIME);
    numbered.add(Oids.SYSTEM_NAME);
    numbered.add(Oids.IF_NUMBER);
    for (OID column : COLUMNS) {
      boolean isWide = column.equals(Oids.IF_WIDE_IN) || column.equals(Oids.IF_WIDE_OUT);
      for (int i = 1; i <= ports && (wide || !isWide); i++) {
        numbered.add(Oids.at(column, i + by));
      }
    }
    shift = by;
    objects = numbered;
  }

  @Nullable OID next(OID oid) {
    return objects.higher(oid);
  }

  Variable value(OID oid) {
    if (oid.equals(Oids.UPTIME)) {
      return new TimeTicks(nanos() / 10_000_000);
    } else if (oid.equals(Oids.SYSTEM_NAME)) {
      return new OctetString("simulated");
    } else if (oid.equals(Oids.IF_NUMBER)) {
      return new Integer32(ports);
    } else if (!objects.contains(oid)) {
      return Null.noSuchInstance;
    }
    boolean inIfTable = oid.startsWith(IF_TABLE);
    return column(inIfTable, oid.get(oid.size() - 2), oid.last() - shift);
  }

  private Variable column(boolean inIfTable, int column, int port) {
    if (inIfTable) {
      return switch (column) {
        case 2 -> new OctetString("port " + port);
        case 3 -> new Integer32(6);
        case 5 -> new Gauge32(1_000_000_000);
        case 8 -> new Integer32(1);
        case 10 -> new Counter32(octets(port, 1) & 0xffffffffL);
        default -> new Counter32(octets(port, 2) & 0xffffffffL);
      };
    }
    return switch (column) {
      case 1 -> new OctetString("ether" + port);
      case 6 -> new Counter64(octets(port, 1));
      case 10 -> new Counter64(octets(port, 2));
      case 15 -> new Gauge32(1000);
      default -> new OctetString("to port " + port);
    };
  }

  private long octets(int port, int part) {
    return FIRST + (long) (nanos() / 1e9 * RATE * port / part);
  }

  private long nanos() {
    return System.nanoTime() - begun;
  }
}
