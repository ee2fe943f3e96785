package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Tells what the doctor finds. */
final class DoctorEndpoint {
  private final Doctor doctor;
  private final Blocking blocking;

  DoctorEndpoint(Node node, Blocking blocking) {
    doctor = new Doctor(node);
    this.blocking = blocking;
  }

  CompletableFuture<Reply> answer(Call call) {
    return blocking.run(() -> json(doctor.look()));
  }

  private static Reply json(List<Finding> findings) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("checks");
    for (Finding finding : findings) {
      list.addObject()
          .put("name", finding.name())
          .put("state", finding.state().name().toLowerCase(Locale.ROOT))
          .put("evidence", finding.evidence())
          .put("remedy", finding.remedy());
    }
    return Reply.json(json);
  }
}
