package community.cloudy.agent.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that a person mends a file in one round. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Problem problem) {
    found.add(problem);
  }

  void add(Origin origin, String message) {
    add(new Problem(origin, message));
  }

  /** Throws everything found, in the order of the files, if anything was. */
  void throwIfAny() {
    found.sort(
        Comparator.comparing((Problem problem) -> problem.origin().source())
            .thenComparing(problem -> problem.origin().line())
            .thenComparing(problem -> problem.origin().column()));
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
