package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends what a login left. */
@Command(name = "logout", description = "Ends the token that cloudy login left, and forgets it.")
final class LogoutCommand implements Runnable {
  private final Cloudy cloudy;

  @Option(names = "--everywhere", description = "Ends all your sessions in browsers, too.")
  private boolean everywhere;

  LogoutCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    ApiClient client = cloudy.client();
    Credentials credentials = cloudy.credentials();
    Optional<Credentials.Kept> kept = credentials.find(client.address());
    JsonNode answer = Json.object();
    if (everywhere) {
      answer = client.post("/v1/logout", Json.object().put("everywhere", true));
    }
    if (kept.isPresent()) {
      String path =
          new RequestPath("/v1/tokens").at(kept.get().owner()).at(kept.get().name()).toString();
      answer = client.delete(path);
      credentials.forget();
    }
    cloudy.print(answer, kept.isPresent() ? "You are logged out." : "You were not logged in.");
  }
}
