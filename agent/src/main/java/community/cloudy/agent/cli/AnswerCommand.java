package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers a question of another node. */
@Command(
    name = "answer",
    description = "Answers a question that this node was asked; monitor --type query shows them.")
final class AnswerCommand implements Runnable {
  private final Cloudy cloudy;

  @Parameters(index = "0", paramLabel = "ID", description = "The question's id.")
  private String id = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "PAYLOAD", description = "The answer.")
  private String payload = "";

  AnswerCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object().put("payload", payload);
    String path = new RequestPath("/v1/queries").at(id).toString();
    cloudy.print(cloudy.client().post(path, body), "The answer is on its way.");
  }
}
