package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Tells what the doctor finds. */
final class DoctorEndpoint {
  private final Doctor doctor;
  private final SupportBundle bundle;
  private final Blocking blocking;

  DoctorEndpoint(Node node, Blocking blocking) {
    doctor = new Doctor(node);
    bundle = new SupportBundle(node);
    this.blocking = blocking;
  }

  CompletableFuture<Reply> answer(Call call) {
    return blocking.run(
        () -> Reply.json(Json.object().<ObjectNode>set("checks", list(doctor.look()))));
  }

  CompletableFuture<Reply> bundle(Call call) {
    return blocking.run(() -> Reply.json(bundle.make(doctor.look())));
  }

  static ArrayNode list(List<Finding> findings) {
    ArrayNode list = Json.array();
    for (Finding finding : findings) {
      Diagnosis diagnosis = finding.diagnosis();
      ObjectNode json =
          list.addObject()
              .put("name", finding.name())
              .put("state", diagnosis.state().name().toLowerCase(Locale.ROOT))
              .put("evidence", diagnosis.evidence(finding.seen()))
              .put("remedy", diagnosis.remedy(finding.seen()))
              .put("code", diagnosis.code());
      ObjectNode seen = json.putObject("seen");
      new TreeMap<>(finding.seen()).forEach(seen::put);
    }
    return list;
  }
}
