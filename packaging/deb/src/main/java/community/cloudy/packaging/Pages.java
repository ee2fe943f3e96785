package community.cloudy.packaging;

import community.cloudy.agent.cli.AgentRunner;
import community.cloudy.agent.cli.Cloudy;
import community.cloudy.agent.config.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes manuals and completions of the {@code cloudy} command. */
public final class Pages {
  // Bash's completion serves zsh through zsh's own emulation.
  private static final String ZSH =
      """
      #compdef cloudy
      autoload -U +X bashcompinit && bashcompinit
      source /usr/share/bash-completion/completions/cloudy
      _bash_complete -o default -F _complete_cloudy
      """;

  private Pages() {}

  /** No agent: commands are described here, not run. */
  private enum NoAgent implements AgentRunner {
    INSTANCE;

    @Override
    public int run(ConfigFiles files) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int rehearse(boolean idle) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * Writes them.
   *
   * @param args the folder, the version of the program, the time of the build (ISO 8601)
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    CommandLine cloudy = commands();
    Manual manual = new Manual(args[1], args[2].substring(0, "2026-11-23".length()));
    Files.writeString(folder.resolve("cloudy.1"), manual.of(cloudy));
    for (CommandLine command : cloudy.getSubcommands().values()) {
      if (!command.getCommandSpec().usageMessage().hidden()) {
        Files.writeString(
            folder.resolve("cloudy-" + command.getCommandName() + ".1"), manual.of(command));
      }
    }
    // It is read, not run.
    String bash = AutoComplete.bash("cloudy", cloudy).replaceFirst("^#!.*\\n", "");
    Files.writeString(folder.resolve("cloudy"), bash);
    Files.writeString(folder.resolve("_cloudy"), ZSH);
    Files.writeString(folder.resolve("cloudy.fish"), Fish.completion(cloudy));
  }

  static CommandLine commands() {
    return Cloudy.commands(NoAgent.INSTANCE);
  }
}
