package community.cloudy.services.graphs.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.graphs.model.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

final class WalkTest {
  private static final Device DEVICE =
      new Device("1", "", "", Optional.empty(), Optional.empty(), List.of(), true, List.of());
  private static final OID COLUMN = Oids.IF_TYPE;

  private int requests;

  private SortedMap<Integer, Map<OID, Variable>> walk(IntFunction<List<VariableBinding>> answers) {
    Asker asker =
        (device, question) ->
            CompletableFuture.completedFuture(new Answer.Values(answers.apply(requests++)));
    return Walk.table(asker, DEVICE, List.of(COLUMN), 10).join();
  }

  private static VariableBinding row(int index) {
    return new VariableBinding(Oids.at(COLUMN, index), new Integer32(6));
  }

  @Test
  void endsWhereTheRowsDoNotIncrease() {
    assertThatThrownBy(() -> walk(request -> List.of(row(1), row(2), row(1))))
        .hasMessageContaining("circles");
    assertThatThrownBy(() -> walk(request -> List.of(row(7)))).hasMessageContaining("circles");
  }

  @Test
  void endsWhereTheTableIsHuge() {
    SortedMap<Integer, Map<OID, Variable>> table =
        walk(
            request -> {
              List<VariableBinding> rows = new ArrayList<>();
              for (int i = 1; i <= 10; i++) {
                rows.add(row(request * 10 + i));
              }
              return rows;
            });
    assertThat(table).hasSize(Walk.MAX_ROWS);
    assertThat(requests).isLessThan(110);
  }

  @Test
  void endsWhereRowsOfOtherShapesGoOnForEver() {
    assertThatThrownBy(
            () ->
                walk(
                    request ->
                        List.of(
                            new VariableBinding(
                                Oids.at(COLUMN, 1).append(request), new Integer32(1)))))
        .hasMessageContaining("no end");
    assertThat(requests).isLessThan(1000);
  }

  @Test
  void endsWhereNothingComes() {
    assertThatThrownBy(() -> walk(request -> List.of())).hasMessageContaining("nothing");
  }

  @Test
  void goesOnAfterAnAnswerThatWasCutShort() {
    FakeAgent agent = new FakeAgent();
    agent.interfaces(Map.of(1, "a", 2, "b", 3, "c"), true);
    Asker cut =
        (device, question) ->
            agent
                .ask(device, question)
                .thenApply(
                    answer -> new Answer.Values(((Answer.Values) answer).all().subList(0, 3)));
    SortedMap<Integer, Map<OID, Variable>> table =
        Walk.table(cut, DEVICE, List.of(Oids.IF_NAME, Oids.IF_TYPE), 10).join();
    assertThat(table).hasSize(3).allSatisfy((index, row) -> assertThat(row).hasSize(2));
  }
}
