package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a user event. */
@Command(name = "event", description = "Sends a user event to every node.")
final class EventCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--coalesce", description = "Lets a later event of this name replace it.")
  private boolean coalesce;

  @Parameters(index = "0", paramLabel = "NAME", description = "What happened.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PAYLOAD",
      description = "Details, 512 bytes with the name.")
  private String payload = "";

  EventCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ObjectNode body =
        Json.object().put("name", name).put("payload", payload).put("coalesce", coalesce);
    cloudy.print(cloudy.client().post("/v1/events", body), "Event " + name + " is on its way.");
  }
}
