package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins other nodes. */
@Command(name = "join", description = "Joins the community of other nodes.")
final class JoinCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--ignore-old-events", description = "Leaves out user events from before.")
  private boolean ignoreOldEvents;

  @Parameters(arity = "1..*", paramLabel = "ADDRESS", description = "[name/]host[:port]")
  private List<String> addresses = new ArrayList<>();

  JoinCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object().put("ignore_old_events", ignoreOldEvents);
    addresses.forEach(body.putArray("addresses")::add);
    JsonNode answer = cloudy.client().post("/v1/join", body);
    cloudy.print(
        answer, "Joined " + answer.path("joined").asInt() + " of " + addresses.size() + ".");
  }
}
