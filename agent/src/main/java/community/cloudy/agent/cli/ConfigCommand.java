package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at a configuration without starting anything. */
@Command(
    name = "config",
    description = "Looks at a configuration.",
    synopsisSubcommandLabel = "check|show")
final class ConfigCommand implements Runnable {
  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  ConfigCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what: cloudy config check or cloudy config show");
  }

  @Command(
      name = "check",
      description = "Reads a configuration and says all that is wrong with it.")
  void check(@Mixin ConfigOptions config) {
    config.files().load();
    cloudy.out().println("The configuration is good.");
  }

  @Command(
      name = "show",
      description =
          "Asks the agent for what is configured, where that is written, and whether it runs with"
              + " it.")
  void show(
      @Option(names = "--all", description = "Also what is not written, and so as it is usually.")
          boolean all) {
    JsonNode answer = cloudy.client().get("/v1/config");
    if (cloudy.wantsJson()) {
      cloudy.printJson(answer);
      return;
    }
    Table table = new Table("KEY", "VALUE", "FROM", "IN USE");
    for (JsonNode value : answer.path("values")) {
      String source = value.path("source").asText();
      if (all || !source.equals("default") || !value.path("in_use").asBoolean()) {
        table.add(
            value.path("key").asText(),
            value.path("value").asText(),
            value.path("place").asText(source),
            value.path("in_use").asBoolean() ? "yes" : "not yet");
      }
    }
    table.print(cloudy.out());
  }
}
