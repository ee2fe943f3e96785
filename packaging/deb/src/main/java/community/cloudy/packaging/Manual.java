package community.cloudy.packaging;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the manual of a command in the language of man(7); its subcommands are on the same page.
 *
 * @param version of the program
 * @param date of the build
 */
record Manual(String version, String date) {
  String of(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String name = spec.qualifiedName("-");
    StringBuilder page = new StringBuilder();
    page.append(
        ".TH %s 1 %s \"cloudy %s\" \"Cloudy\"%n.SH NAME%n%s \\- %s%n"
            .formatted(
                name.toUpperCase(java.util.Locale.ROOT),
                date,
                version,
                escape(name),
                escape(firstSentence(spec))));
    page.append(".SH SYNOPSIS\n");
    synopsis(page, command);
    page.append(".SH DESCRIPTION\n").append(escape(description(spec))).append('\n');
    arguments(page, spec, ".SH OPTIONS\n");
    if (spec.parent() == null) {
      page.append(".SH COMMANDS\n");
      visible(command).forEach(sub -> term(page, bold(link(sub)), description(sub)));
    } else {
      subcommands(page, command);
    }
    exitCodes(page, spec.root());
    page.append(".SH SEE ALSO\n").append(seeAlso(spec)).append('\n');
    return page.toString();
  }

  private static String seeAlso(CommandSpec spec) {
    return spec.parent() == null ? "The documents in /usr/share/doc/cloudy" : "\\fBcloudy\\fR(1)";
  }

  private static Stream<CommandSpec> visible(CommandLine command) {
    return command.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(sub -> !sub.usageMessage().hidden());
  }

  private void subcommands(StringBuilder page, CommandLine command) {
    List<CommandSpec> subs = visible(command).toList();
    if (subs.isEmpty()) {
      return;
    }
    if (command.getCommandSpec().parent().parent() == null) {
      page.append(".SH COMMANDS\n");
    }
    for (CommandSpec sub : subs) {
      page.append(".SS ").append(escape(sub.qualifiedName(" "))).append('\n');
      synopsis(page, sub.commandLine());
      page.append(".PP\n").append(escape(description(sub))).append('\n');
      arguments(page, sub, "");
      subcommands(page, sub.commandLine());
    }
  }

  private static void synopsis(StringBuilder page, CommandLine command) {
    String line =
        new CommandLine.Help(
                command.getCommandSpec(), CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .synopsis(0)
            .replaceAll("\\s+", " ")
            .strip();
    page.append(escape(line)).append('\n');
  }

  private static void arguments(StringBuilder page, CommandSpec spec, String title) {
    StringBuilder terms = new StringBuilder();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      term(terms, "\\fI" + escape(parameter.paramLabel()) + "\\fR", text(parameter));
    }
    for (OptionSpec option : spec.options()) {
      // What every command has is on the page of cloudy itself.
      if (!option.hidden() && (!option.inherited() || spec.parent() == null)) {
        term(terms, names(option), text(option));
      }
    }
    if (!terms.isEmpty()) {
      page.append(title).append(terms);
    }
  }

  private static String names(OptionSpec option) {
    String names = Stream.of(option.names()).map(Manual::bold).collect(Collectors.joining(", "));
    return option.arity().max() == 0
        ? names
        : names + " \\fI" + escape(option.paramLabel()) + "\\fR";
  }

  private static void exitCodes(StringBuilder page, CommandSpec root) {
    Map<String, String> codes = root.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      page.append(".SH EXIT STATUS\n");
      codes.forEach((code, meaning) -> term(page, bold(code), meaning));
    }
  }

  private static void term(StringBuilder page, String term, String text) {
    page.append(".TP\n").append(term).append('\n').append(escape(text)).append('\n');
  }

  private static String link(CommandSpec sub) {
    return sub.qualifiedName("-");
  }

  private static String bold(String text) {
    return "\\fB" + escape(text) + "\\fR";
  }

  static String firstSentence(CommandSpec spec) {
    String text = description(spec);
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private static String description(CommandSpec spec) {
    return plain(spec.usageMessage().description());
  }

  static String text(ArgSpec argument) {
    return plain(argument.description());
  }

  private static String plain(String... lines) {
    return String.join(" ", lines).replace("%n", " ").replace("%%", "%").strip();
  }

  /** Escapes text, whose lines may not begin with what man(7) takes for a request. */
  static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
