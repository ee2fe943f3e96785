package community.cloudy.agent.cli;

import static community.cloudy.agent.Reference.head;
import static community.cloudy.agent.Reference.row;

import community.cloudy.agent.IdleAgent;
import community.cloudy.agent.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Holds the reference to the commands there are. */
final class CommandReferenceTest {
  private final StringBuilder text = new StringBuilder("\n");

  @Test
  void thePageDescribesEachCommandAndEachOption() throws IOException {
    CommandLine cloudy = Cloudy.commands(new IdleAgent());
    text.append("## Every command\n\n");
    arguments(cloudy.getCommandSpec());
    text.append(head("exit code", "means"));
    Map<String, String> codes = cloudy.getCommandSpec().usageMessage().exitCodeList();
    codes.forEach((code, meaning) -> text.append(row(List.of("`" + code + "`", meaning))));
    text.append('\n');
    below(cloudy, "## ");

    Reference.of("cli.md").is(text.toString());
  }

  private void below(CommandLine command, String heading) {
    for (CommandLine sub : command.getSubcommands().values()) {
      CommandSpec spec = sub.getCommandSpec();
      if (!spec.usageMessage().hidden()) {
        text.append(heading).append(spec.qualifiedName(" ")).append("\n\n");
        text.append(plain(spec.usageMessage().description())).append("\n\n");
        text.append("```text\n").append(synopsis(spec)).append("\n```\n\n");
        arguments(spec);
        below(sub, "### ");
      }
    }
  }

  /** What every command has is told of once. */
  private void arguments(CommandSpec spec) {
    List<String> rows =
        Stream.concat(
                spec.positionalParameters().stream()
                    .filter(argument -> !argument.hidden())
                    .map(argument -> argument(argument.paramLabel(), argument)),
                spec.options().stream()
                    .filter(option -> !option.hidden())
                    .filter(option -> spec.parent() == null || !option.inherited())
                    .map(option -> argument(names(option), option)))
            .toList();
    if (!rows.isEmpty()) {
      text.append(head("argument", "what it does")).append(String.join("", rows)).append('\n');
    }
  }

  private static String argument(String name, ArgSpec argument) {
    return row(List.of("`" + name + "`", plain(argument.description())));
  }

  private static String names(OptionSpec option) {
    String names = Stream.of(option.names()).collect(Collectors.joining(", "));
    // A bar would end the cell of a table, and is shown with its escape by some.
    return option.arity().max() == 0
        ? names
        : names + " " + option.paramLabel().replace("|", " or ");
  }

  /** Leaves out what every command takes. */
  private static String synopsis(CommandSpec spec) {
    return new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .synopsis(0)
        .replaceAll("\\s+", " ")
        .replaceAll("\\[-([a-z]*)h([a-z]*)\\]", "[-$1$2]")
        .replaceAll("\\[(-|--(api|ca|token-file)=[A-Z]+|-o=[a-z|]+)\\] ?", "")
        .strip();
  }

  private static String plain(String... lines) {
    return String.join(" ", lines)
        .replace("%n", " ")
        .replace("%%", "%")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
