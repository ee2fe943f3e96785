package community.cloudy.services.bind.zone;

import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Writes zones as files (RFC 1035, section 5): one record a line, every name whole. Names and texts
 * are written from their bytes; what is not a printable character of ASCII, or would mean something
 * to who reads the file, is escaped.
 */
public final class ZoneFile {
  private static final long REFRESH = 43_200;
  private static final long RETRY = 7_200;
  private static final long EXPIRE = 1_209_600;
  private static final long NEGATIVE = 300;

  private ZoneFile() {}

  /** Returns the file of {@code zone}. */
  public static String of(Zone.Primary zone, Serial serial) {
    StringBuilder file = new StringBuilder();
    append(file, soa(zone, serial));
    for (Name server : zone.nameservers()) {
      append(file, new NSRecord(zone.name(), DClass.IN, Records.TTL.toSeconds(), server));
    }
    zone.records().stream().distinct().sorted().forEach(record -> append(file, record));
    return file.toString();
  }

  private static SOARecord soa(Zone.Primary zone, Serial serial) {
    return new SOARecord(
        zone.name(),
        DClass.IN,
        Records.TTL.toSeconds(),
        zone.nameservers().get(0),
        zone.contact(),
        serial.number(),
        REFRESH,
        RETRY,
        EXPIRE,
        NEGATIVE);
  }

  private static void append(StringBuilder file, Record record) {
    file.append(record.getName())
        .append(' ')
        .append(record.getTTL())
        .append(" IN ")
        .append(Type.string(record.getType()))
        .append(' ')
        .append(record.rdataToString())
        .append('\n');
  }
}
