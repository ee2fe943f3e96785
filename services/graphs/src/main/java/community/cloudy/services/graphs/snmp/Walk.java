package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * Reads columns of a table whose rows have one number, side by side, to their ends. A device may
 * send anything: rows, requests and the order of what it sends are bounded.
 */
final class Walk {
  static final int MAX_ROWS = 1024;
  private static final int MAX_REQUESTS = 600;

  /** About what fits a packet; pieces of packets get lost on radio links. */
  private static final int MAX_VALUES = 40;

  private final Asker asker;
  private final Device device;
  private final int repetitions;
  private final List<OID> columns;
  private final List<OID> at;
  private final SortedMap<Integer, Map<OID, Variable>> rows = new TreeMap<>();
  private int requests;

  private Walk(Asker asker, Device device, List<OID> columns, int repetitions) {
    this.asker = asker;
    this.device = device;
    this.columns = new ArrayList<>(columns);
    this.repetitions = Math.max(1, Math.min(repetitions, MAX_VALUES / columns.size()));
    at = new ArrayList<>(columns);
  }

  /**
   * Reads a table.
   *
   * @param repetitions rows asked for at once
   * @return the rows by their numbers, each with the values of columns it has; fails with {@link
   *     Unanswered}
   */
  static CompletableFuture<SortedMap<Integer, Map<OID, Variable>>> table(
      Asker asker, Device device, List<OID> columns, int repetitions) {
    return new Walk(asker, device, columns, repetitions).step();
  }

  private CompletableFuture<SortedMap<Integer, Map<OID, Variable>>> step() {
    if (columns.isEmpty()) {
      return CompletableFuture.completedFuture(rows);
    }
    if (++requests > MAX_REQUESTS) {
      return refused("its table has no end");
    }
    return asker
        .ask(device, new Question(at, repetitions, true))
        .thenCompose(
            answer ->
                answer instanceof Answer.Values values
                    ? take(values.all())
                    : CompletableFuture.failedFuture(new Unanswered(answer)));
  }

  private static <T> CompletableFuture<T> refused(String why) {
    return CompletableFuture.failedFuture(new Unanswered(new Answer.Refusal(why, false)));
  }

  private CompletableFuture<SortedMap<Integer, Map<OID, Variable>>> take(
      List<VariableBinding> values) {
    if (values.isEmpty()) {
      return refused("it answered with nothing at all");
    }
    List<OID> before = List.copyOf(at);
    boolean[] ended = new boolean[columns.size()];
    for (int i = 0; i < values.size(); i++) {
      int column = i % columns.size();
      OID oid = values.get(i).getOid();
      if (ended[column]) {
        continue;
      }
      if (!oid.startsWith(columns.get(column)) || values.get(i).getVariable() instanceof Null) {
        ended[column] = true;
      } else if (oid.compareTo(at.get(column)) <= 0) {
        return refused("its table goes round in circles");
      } else {
        at.set(column, oid);
        ended[column] = !put(columns.get(column), values.get(i));
      }
    }
    for (int i = columns.size() - 1; i >= 0; i--) {
      // A column that did not get on, in an answer cut short, is asked for again with the others.
      if (ended[i]) {
        columns.remove(i);
        at.remove(i);
      }
    }
    return at.equals(before) ? refused("it answered with something else") : step();
  }

  /** Returns whether there is room for more. */
  private boolean put(OID column, VariableBinding value) {
    OID oid = value.getOid();
    if (oid.size() != column.size() + 1 || oid.last() < 0) {
      return true; // Not a row of this kind of table.
    }
    if (!rows.containsKey(oid.last()) && rows.size() >= MAX_ROWS) {
      return false;
    }
    rows.computeIfAbsent(oid.last(), any -> new HashMap<>()).put(column, value.getVariable());
    return true;
  }
}
