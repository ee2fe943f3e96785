package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** A device in memory, which answers at once or not at all. */
final class FakeAgent implements Asker {
  final TreeMap<OID, Variable> objects = new TreeMap<>();
  final List<Question> asked = new ArrayList<>();
  boolean silent;
  int most = Integer.MAX_VALUE;
  boolean dropsWhatIsTooBig;

  /** What its interfaces are called, by ifIndex. */
  void interfaces(Map<Integer, String> names, boolean wide) {
    objects
        .keySet()
        .removeIf(
            oid ->
                oid.startsWith(new OID("1.3.6.1.2.1.2"))
                    || oid.startsWith(new OID("1.3.6.1.2.1.31")));
    objects.put(Oids.SYSTEM_NAME, new OctetString("fake"));
    objects.put(Oids.IF_NUMBER, new Integer32(names.size()));
    names.forEach(
        (index, name) -> {
          objects.put(Oids.at(Oids.IF_DESCRIPTION, index), new OctetString("port " + index));
          objects.put(Oids.at(Oids.IF_TYPE, index), new Integer32(6));
          objects.put(Oids.at(Oids.IF_SPEED, index), new Gauge32(100_000_000));
          objects.put(Oids.at(Oids.IF_STATUS, index), new Integer32(1));
          objects.put(Oids.at(Oids.IF_NAME, index), new OctetString(name));
          objects.put(Oids.at(Oids.IF_HIGH_SPEED, index), new Gauge32(100));
          objects.put(Oids.at(Oids.IF_ALIAS, index), new OctetString("to " + name));
          count(index, 0, 0, wide);
        });
  }

  void count(int index, long in, long out, boolean wide) {
    objects.put(Oids.at(Oids.IF_IN, index), new Counter32(in & 0xffffffffL));
    objects.put(Oids.at(Oids.IF_OUT, index), new Counter32(out & 0xffffffffL));
    if (wide) {
      objects.put(Oids.at(Oids.IF_WIDE_IN, index), new Counter64(in));
      objects.put(Oids.at(Oids.IF_WIDE_OUT, index), new Counter64(out));
    }
  }

  void uptime(long hundredths) {
    objects.put(Oids.UPTIME, new TimeTicks(hundredths & 0xffffffffL));
  }

  @Override
  public CompletableFuture<Answer> ask(Device device, Question question) {
    asked.add(question);
    if (silent || (dropsWhatIsTooBig && question.oids().size() > most)) {
      return CompletableFuture.completedFuture(new Answer.Silence());
    }
    if (question.oids().size() > most) {
      return CompletableFuture.completedFuture(new Answer.Refusal("too big", true));
    }
    List<VariableBinding> values = new ArrayList<>();
    if (question.repetitions() == 0) {
      question.oids().forEach(oid -> values.add(value(oid)));
    } else {
      List<OID> at = new ArrayList<>(question.oids());
      for (int row = 0; row < question.repetitions(); row++) {
        for (int i = 0; i < at.size(); i++) {
          Map.Entry<OID, Variable> next = objects.higherEntry(at.get(i));
          values.add(
              next == null
                  ? new VariableBinding(at.get(i), Null.endOfMibView)
                  : new VariableBinding(next.getKey(), next.getValue()));
          at.set(i, next == null ? at.get(i) : next.getKey());
        }
      }
    }
    return CompletableFuture.completedFuture(new Answer.Values(values));
  }

  private VariableBinding value(OID oid) {
    return new VariableBinding(oid, objects.getOrDefault(oid, Null.noSuchInstance));
  }
}
