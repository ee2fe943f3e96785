package community.cloudy.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at a configuration without starting anything. */
@Command(
    name = "config",
    description = "Looks at a configuration.",
    synopsisSubcommandLabel = "check")
final class ConfigCommand implements Runnable {
  private final Cloudy cloudy;
  @Spec private CommandSpec spec = CommandSpec.create();

  ConfigCommand(Cloudy cloudy) {
    this.cloudy = cloudy;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what: cloudy config check");
  }

  @Command(
      name = "check",
      description = "Reads a configuration and says all that is wrong with it.")
  void check(@Mixin ConfigOptions config) {
    config.files().load();
    cloudy.out().println("The configuration is good.");
  }
}
