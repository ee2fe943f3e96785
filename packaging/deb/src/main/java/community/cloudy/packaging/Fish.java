package community.cloudy.packaging;

import java.util.Collection;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completes commands and options in fish(1), which picocli does not know. */
final class Fish {
  private final StringBuilder script = new StringBuilder();

  private Fish() {}

  static String completion(CommandLine root) {
    Fish fish = new Fish();
    fish.options(root.getCommandSpec(), "");
    fish.subcommands(root, "__fish_use_subcommand");
    root.getSubcommands().values().stream()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .forEach(fish::command);
    return fish.script.toString();
  }

  private void command(CommandLine command) {
    String seen = "__fish_seen_subcommand_from " + command.getCommandName();
    options(command.getCommandSpec(), seen);
    Collection<CommandLine> below = command.getSubcommands().values();
    if (below.isEmpty()) {
      return;
    }
    String names = below.stream().map(CommandLine::getCommandName).collect(Collectors.joining(" "));
    subcommands(command, seen + "; and not __fish_seen_subcommand_from " + names);
    for (CommandLine sub : below) {
      options(
          sub.getCommandSpec(), seen + "; and __fish_seen_subcommand_from " + sub.getCommandName());
    }
  }

  private void subcommands(CommandLine command, String when) {
    command.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(sub -> !sub.usageMessage().hidden())
        .forEach(sub -> complete(when, "-f -a " + sub.name(), Manual.firstSentence(sub)));
  }

  private void options(CommandSpec spec, String when) {
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && (!option.inherited() || spec.parent() == null)) {
        StringBuilder how = new StringBuilder(option.arity().max() == 0 ? "" : "-r ");
        for (String name : option.names()) {
          how.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
              .append(' ');
        }
        complete(when, how.toString().strip(), Manual.text(option));
      }
    }
  }

  private void complete(String when, String how, String description) {
    script.append("complete -c cloudy");
    if (!when.isEmpty()) {
      script.append(" -n ").append(quoted(when));
    }
    script.append(' ').append(how).append(" -d ").append(quoted(description)).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
