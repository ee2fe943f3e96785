package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import community.cloudy.services.graphs.model.Port;
import community.cloudy.services.graphs.model.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/**
 * How a maker's radios tell of themselves.
 *
 * @param signal the column with the strength of what is received, in dBm
 * @param clients the column with the number of stations
 * @param byIndex whether the rows are called by ifIndex; else by the number of the radio
 */
record Radio(OID signal, OID clients, boolean byIndex) {
  private static final List<Radio> ALL =
      List.of(
          new Radio(Oids.MIKROTIK_SIGNAL, Oids.MIKROTIK_CLIENTS, true),
          new Radio(Oids.AIROS_SIGNAL, Oids.AIROS_CLIENTS, false));
  private static final int MAX_CLIENTS = 10_000;

  /** Returns what a device has, by asking for the first value of each column. */
  static CompletableFuture<Optional<Radio>> of(Asker asker, Device device) {
    List<OID> columns = ALL.stream().flatMap(r -> List.of(r.signal, r.clients).stream()).toList();
    return asker
        .ask(device, new Question(columns, 1, true))
        .thenApply(
            answer ->
                answer instanceof Answer.Values values
                    ? ALL.stream()
                        .filter(
                            radio ->
                                values.all().stream()
                                    .anyMatch(
                                        value ->
                                            !(value.getVariable() instanceof Null)
                                                && (value.getOid().startsWith(radio.signal)
                                                    || value.getOid().startsWith(radio.clients))))
                        .findFirst()
                    : Optional.empty());
  }

  List<OID> columns() {
    return List.of(signal, clients);
  }

  /** Returns what a table with its columns says of a device's ports. */
  List<Sample> samples(
      Device device, List<Port> ports, SortedMap<Integer, Map<OID, Variable>> table, Instant at) {
    List<Sample> samples = new ArrayList<>();
    List<Port> radios =
        ports.stream().filter(port -> port.index().isPresent() && isRadio(port)).toList();
    int place = 0;
    for (Map.Entry<Integer, Map<OID, Variable>> row : table.entrySet()) {
      Optional<Port> port =
          byIndex
              ? ports.stream().filter(p -> p.index().orElse(-1) == row.getKey()).findFirst()
              : radios.stream().skip(place++).findFirst();
      double dbm = value(row.getValue().get(signal), -150, -1);
      double stations = value(row.getValue().get(clients), 0, MAX_CLIENTS);
      port.filter(any -> !Double.isNaN(dbm) || !Double.isNaN(stations))
          .ifPresent(
              p -> samples.add(new Sample.Wireless(device.id(), p.number(), at, dbm, stations)));
    }
    return samples;
  }

  private static boolean isRadio(Port port) {
    return port.name().orElse("").matches("(ath|wifi|wlan|ra)[0-9].*");
  }

  private static double value(@Nullable Variable value, double least, double most) {
    if (value == null || !Interface.isNumber(value)) {
      return Double.NaN;
    }
    double number = value.toLong();
    return number >= least && number <= most ? number : Double.NaN;
  }
}
