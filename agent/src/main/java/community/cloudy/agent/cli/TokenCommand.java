package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Manages the tokens of scripts. */
@Command(
    name = "token",
    description = "Manages the tokens by which scripts use the API.",
    synopsisSubcommandLabel = "list|create|revoke")
final class TokenCommand implements Runnable {
  private static final String PATH = "/v1/tokens";

  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  TokenCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what: cloudy token list, create or revoke");
  }

  @Command(name = "list", description = "Lists your tokens; all of them if you are an admin.")
  void list() {
    JsonNode answer = cloudy.client().get(PATH);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("OWNER", "NAME", "ROLE", "EXPIRES", "USED");
    for (JsonNode token : answer.path("tokens")) {
      table.add(
          token.path("owner").asText(),
          token.path("name").asText(),
          token.path("role").asText(),
          token.path("expires").asText() + (token.path("expired").asBoolean() ? " (over)" : ""),
          token.path("used").asText("never"));
    }
    table.print(cloudy.out());
  }

  @Command(name = "create", description = "Makes a token and prints it, this once.")
  void create(
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @Option(names = "--role", description = "The most it grants (default: your role).")
          Optional<String> role,
      @Option(names = "--days", description = "How long it lasts, 1 to 366 (default: 90).")
          Optional<Integer> days) {
    ObjectNode body = Json.object().put("name", name);
    role.ifPresent(word -> body.put("role", word));
    days.ifPresent(number -> body.put("days", number));
    JsonNode made = cloudy.client().post(PATH, body);
    cloudy.print(made, made.path("token").asText());
  }

  @Command(name = "revoke", description = "Ends a token.")
  void revoke(
      @Parameters(paramLabel = "NAME", description = "As cloudy token list names it.") String name,
      @Option(names = "--owner", description = "Whose it is (default: yours).")
          Optional<String> owner) {
    ApiClient client = cloudy.client();
    String whose = owner.orElseGet(() -> client.get("/v1/whoami").path("login").asText());
    String path = new RequestPath(PATH).at(whose).at(name).toString();
    cloudy.print(client.delete(path), "The token " + name + " grants nothing any more.");
  }
}
