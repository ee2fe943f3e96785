package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** Tells who the agent takes the person for. */
@Command(name = "whoami", description = "Tells who you are to the agent, and what you may do.")
final class WhoamiCommand implements Runnable {
  private final Cloudy cloudy;

  WhoamiCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    JsonNode person = cloudy.client().get("/v1/whoami");
    cloudy.print(
        person,
        "%s, %s, by %s"
            .formatted(
                person.path("login").asText(),
                person.path("role").asText(),
                person.path("means").asText()));
  }
}
