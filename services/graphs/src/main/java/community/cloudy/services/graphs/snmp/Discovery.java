package community.cloudy.services.graphs.snmp;

import community.cloudy.services.graphs.model.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** Finds out what a device has. */
final class Discovery {
  private final Asker asker;
  private final Device device;
  private final int repetitions;

  Discovery(Asker asker, Device device, int repetitions) {
    this.asker = asker;
    this.device = device;
    this.repetitions = repetitions;
  }

  /**
   * Looks.
   *
   * @param patient whether the first question is repeated if no answer comes
   * @return fails with {@link Unanswered}
   */
  CompletableFuture<Machine.Layout> look(boolean patient) {
    List<OID> system = List.of(Oids.UPTIME, Oids.SYSTEM_NAME, Oids.IF_NUMBER);
    return asker
        .ask(device, new Question(system, 0, patient))
        .thenCompose(
            answer ->
                answer instanceof Answer.Values values
                    ? tables(values.all())
                    : CompletableFuture.failedFuture(new Unanswered(answer)));
  }

  private CompletableFuture<Machine.Layout> tables(List<VariableBinding> system) {
    return Walk.table(asker, device, Interface.COLUMNS, repetitions)
        .thenCombine(Radio.of(asker, device), (table, radio) -> layout(system, table, radio));
  }

  private static Machine.Layout layout(
      List<VariableBinding> system,
      SortedMap<Integer, Map<OID, Variable>> table,
      Optional<Radio> radio) {
    // Old devices have no ifXTable; the names of ifTable are the next best.
    boolean named = table.values().stream().anyMatch(row -> row.containsKey(Oids.IF_NAME));
    OID nameColumn = named ? Oids.IF_NAME : Oids.IF_DESCRIPTION;
    Map<Integer, Interface> interfaces = new HashMap<>();
    Interface.all(table, nameColumn).forEach(one -> interfaces.put(one.index(), one));
    return new Machine.Layout(
        interfaces,
        nameColumn,
        Interface.text(system.get(1).getVariable()),
        Interface.number(system.get(2).getVariable()),
        radio);
  }
}
