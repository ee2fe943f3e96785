package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** Shows how the container engine is. */
@Command(name = "engine", description = "Shows how the container engine of this node is.")
final class EngineCommand implements Runnable {
  private final Cloudy cloudy;

  EngineCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode engine = cloudy.client().get("/v1/engine");
    boolean usable = engine.path("state").asText().equals("ok");
    cloudy.print(
        engine,
        usable
            ? "The engine can be used: version %s, API %s, in %s."
                .formatted(
                    engine.path("version").asText(),
                    engine.path("api_version").asText(),
                    engine.path("root").asText())
            : engine.path("reason").asText());
  }
}
