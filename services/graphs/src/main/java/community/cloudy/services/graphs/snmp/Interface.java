package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.watch.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.AssignableFromLong;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

/**
 * An interface of a device (IF-MIB).
 *
 * @param index its ifIndex
 * @param said its name as the device says it
 * @param name the same, but no other has it
 * @param title its ifAlias
 * @param speed in bits a second; 0 if it is not known
 * @param up whether it is in use
 */
record Interface(int index, String said, String name, String title, double speed, boolean up) {
  static final List<OID> COLUMNS =
      List.of(
          Oids.IF_DESCRIPTION,
          Oids.IF_TYPE,
          Oids.IF_SPEED,
          Oids.IF_STATUS,
          Oids.IF_NAME,
          Oids.IF_HIGH_SPEED,
          Oids.IF_ALIAS);

  private static final int MAX_TEXT = 200;
  private static final int IEEE80211 = 71;

  /** What many agents say of an interface whose speed they do not know. */
  private static final double COMMONPLACE = 10e6;

  /** The greatest that ifSpeed can say; the true one is in ifHighSpeed. */
  private static final double BEYOND = 0xffffffffL;

  /** Returns all interfaces of a table with those columns that has a name for them. */
  static List<Interface> all(SortedMap<Integer, Map<OID, Variable>> table, OID nameColumn) {
    List<Interface> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    table.forEach(
        (index, row) -> {
          String said = text(row.get(nameColumn));
          if (!said.isEmpty()) {
            String name = names.add(said) ? said : said + "." + index;
            names.add(name);
            boolean radio = number(row.get(Oids.IF_TYPE)) == IEEE80211;
            boolean up = number(row.get(Oids.IF_STATUS)) == 1;
            String title = text(row.get(Oids.IF_ALIAS));
            all.add(new Interface(index, said, name, title, speed(row, radio), up));
          }
        });
    return List.copyOf(all);
  }

  /** Radios tell the rate of the moment, not the most they can. */
  private static double speed(Map<OID, Variable> row, boolean radio) {
    double high = number(row.get(Oids.IF_HIGH_SPEED)) * 1e6;
    double low = row.containsKey(Oids.IF_HIGH_SPEED) ? 0 : number(row.get(Oids.IF_SPEED));
    double speed = high > 0 ? high : low >= BEYOND ? 0 : low;
    return radio || speed == COMMONPLACE ? 0 : speed;
  }

  /** Returns a text of a device, on one line and not too long; empty if it is none. */
  static String text(@Nullable Variable value) {
    if (!(value instanceof OctetString octets)) {
      return "";
    }
    String text = new String(octets.getValue(), StandardCharsets.UTF_8);
    String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
    return clean.substring(0, Math.min(MAX_TEXT, clean.length()));
  }

  /** Returns a number of a device; 0 if it is none. */
  static long number(@Nullable Variable value) {
    return value != null && isNumber(value) ? value.toLong() : 0;
  }

  /** Tells whether a device answered with a number, of any kind. */
  static boolean isNumber(Variable value) {
    return value instanceof Integer32 || value instanceof AssignableFromLong;
  }

  Found found() {
    return new Found(index, name, title);
  }
}
