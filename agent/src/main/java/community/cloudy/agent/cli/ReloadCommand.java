package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;

/** Has the agent read its configuration again. */
@Command(
    name = "reload",
    description =
        "Has the agent read its configuration again; what is not about modules and logs needs a"
            + " restart. For admins.")
final class ReloadCommand implements Runnable {
  private final Cloudy cloudy;

  ReloadCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode answer = cloudy.client().post("/v1/reload", Json.object());
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    }
    StringBuilder refused = new StringBuilder();
    for (var module : answer.path("refused").properties()) {
      refused.append(
          "%s goes on as before: %s%n".formatted(module.getKey(), module.getValue().asText()));
    }
    if (!refused.isEmpty()) {
      throw new CliException(Cloudy.FAILED, refused.toString().strip());
    }
    if (!cloudy.wantsJson()) {
      cloudy.out().println("Read again.");
    }
  }
}
