package community.cloudy.agent.config;

import community.cloudy.agent.text.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; carries everything that is wrong with it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  ConfigException(List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> Printable.of(problem.toString()))
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  ConfigException(Origin origin, String message) {
    this(List.of(new Problem(origin, message)));
  }

  /** Returns what is wrong, never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
