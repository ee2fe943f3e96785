package community.cloudy.agent.cli;

import community.cloudy.agent.config.ConfigFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line of an agent as the system starts it, read by hand: picocli and its model of the
 * options would stay in memory for as long as the agent runs, some 3 MB.
 */
final class AgentLine {
  private AgentLine() {}

  /**
   * Returns what {@code cloudy agent} is to run with, or empty where picocli must look: at another
   * command, a mistake, a wish for help.
   */
  static Optional<ConfigFiles> parse(String... args) {
    Iterator<String> rest = List.of(args).iterator();
    if (!rest.hasNext() || !rest.next().equals("agent")) {
      return Optional.empty();
    }
    Optional<Path> file = Optional.empty();
    List<String> overrides = new ArrayList<>();
    while (rest.hasNext()) {
      String[] parts = rest.next().split("=", 2);
      String option = parts[0];
      String value = parts.length == 2 ? parts[1] : rest.hasNext() ? rest.next() : "";
      if (value.isEmpty() || value.startsWith("-") || value.startsWith("@")) {
        return Optional.empty();
      }
      if (option.equals("--set")) {
        overrides.add(value);
      } else if (option.equals("--config") && file.isEmpty()) {
        file = Optional.of(Path.of(value));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new ConfigFiles(file, overrides));
  }
}
