package community.cloudy.services.spi.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; carries everything that is wrong with them. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /**
   * Something wrong.
   *
   * @param pointer where, as RFC 6901 says; empty for the whole
   * @param message what, without the full stop
   */
  public record Problem(String pointer, String message) {
    /** Returns the place as people write it: {@code zones.0.name}. */
    public String key() {
      return pointer.replaceFirst("^/", "").replace('/', '.').replace("~1", "/").replace("~0", "~");
    }
  }

  SettingsException(List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> (problem.key() + " " + problem.message()).strip() + ".")
            .collect(Collectors.joining(" ")));
    this.problems = List.copyOf(problems);
  }

  /** Returns what is wrong, never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
