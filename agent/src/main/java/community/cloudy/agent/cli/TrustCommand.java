package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows and changes whose key each node's name belongs to. */
@Command(
    name = "trust",
    description = {
      "Shows which key each node's name belongs to: the first that was seen with it.",
      "Another key that claims a name is refused until you accept it, as after a node was"
          + " reinstalled. Ask its owner for the fingerprint first."
    })
final class TrustCommand implements Runnable {
  private static final String PATH = "/v1/trust";

  private final Cloudy cloudy;

  TrustCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("NODE", "TRUSTED", "KEY", "CLAIMED BY");
    for (JsonNode node : answer.path("nodes")) {
      table.add(
          node.path("node").asText(),
          node.path("trusted").asBoolean() ? "yes" : "first seen",
          node.path("key_fingerprint").asText(),
          node.path("claimed_fingerprint").asText());
    }
    table.print(cloudy.out());
  }

  /** Gives a name to the key that claims it. */
  @Command(name = "accept", description = "Gives a node's name to the key that claims it.")
  void accept(
      @Parameters(paramLabel = "NODE", description = "The node's name.") String node,
      @Parameters(paramLabel = "FINGERPRINT", description = "The key's, 64 hexadecimal digits.")
          String fingerprint) {
    JsonNode answer =
        cloudy
            .client()
            .post(PATH, Json.object().put("node", node).put("key_fingerprint", fingerprint));
    cloudy.print(answer, "The name " + node + " now belongs to the key " + fingerprint + ".");
  }
}
