package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the community's directory. */
@Command(
    name = "ldap",
    description = "Looks at the community's directory as the agent does.",
    synopsisSubcommandLabel = "test")
final class LdapCommand implements Runnable {
  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  LdapCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy ldap test USER");
  }

  @Command(
      name = "test",
      description = {
        "Asks every server for somebody and prints each step: server, TLS, bind, search, groups, role.",
        "With a password, that is tried once, too."
      })
  int test(
      @Parameters(paramLabel = "USER", description = "Their login.") String user,
      @Option(names = "--ask-password", description = "Asks you for their password.") boolean ask,
      @Mixin PasswordSource password) {
    ObjectNode body = Json.object().put("user", user);
    if (ask || password.isGiven()) {
      body.put("password", password.read(cloudy));
    }
    JsonNode answer = cloudy.client().post("/v1/ldap/test", body);
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
    } else {
      print(answer);
    }
    return answer.path("ok").asBoolean() ? 0 : Cloudy.FAILED;
  }

  private void print(JsonNode answer) {
    Table table = new Table("SERVER", "STEP", "OK", "TIME", "DETAIL", "REMEDY");
    for (JsonNode step : answer.path("steps")) {
      table.add(
          step.path("server").asText(),
          step.path("step").asText(),
          step.path("ok").asBoolean() ? "yes" : "NO",
          step.path("took_ms").asText() + " ms",
          step.path("detail").asText(),
          step.path("remedy").asText());
    }
    table.print(cloudy.out());
  }
}
