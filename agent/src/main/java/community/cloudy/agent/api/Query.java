package community.cloudy.agent.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The parameters of a request's query. */
final class Query {
  private final Map<String, List<String>> values;

  /**
   * Takes {@code values}, all of which must be among {@code known}.
   *
   * @throws ApiException naming every unknown one
   */
  Query(Map<String, List<String>> values, Set<String> known) {
    List<Problem.Fault> faults = new ArrayList<>();
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        faults.add(Problem.Fault.parameter(name, "is not a parameter here"));
      }
    }
    if (!faults.isEmpty()) {
      throw ApiException.badRequest(faults);
    }
    this.values = values;
  }

  /** Returns everything that is asked but how long the caller waits for it. */
  Map<String, List<String>> asked() {
    Map<String, List<String>> asked = new HashMap<>(values);
    asked.remove("wait");
    return asked;
  }

  /** Returns the one value of each of {@code names} that is given. */
  Map<String, String> each(Set<String> names) {
    Map<String, String> given = new HashMap<>();
    names.forEach(name -> one(name, value -> value).ifPresent(value -> given.put(name, value)));
    return given;
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Returns every value of {@code name} as {@code parser} reads it. */
  <T> List<T> all(String name, Function<String, T> parser) {
    return all(name).stream().map(value -> parsed(name, value, parser)).toList();
  }

  /** Returns the one value of {@code name}. */
  <T> Optional<T> one(String name, Function<String, T> parser) {
    List<String> given = all(name);
    if (given.size() > 1) {
      throw fault(name, "is given twice");
    }
    return given.stream().findFirst().map(value -> parsed(name, value, parser));
  }

  /** Reads a whole number in a range. */
  static Function<String, Integer> number(int least, int most) {
    return text -> {
      if (text.matches("[0-9]{1,9}")) {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      }
      throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
    };
  }

  /** Reads a time such as {@code 30s}, {@code 500ms} or {@code 5m}, at most ten minutes. */
  static Duration time(String text) {
    Duration time =
        switch (text.replaceFirst("^[0-9]{1,6}", "")) {
          case "ms" -> Duration.ofMillis(digits(text));
          case "s" -> Duration.ofSeconds(digits(text));
          case "m" -> Duration.ofMinutes(digits(text));
          default -> throw new IllegalArgumentException("must be a time such as 30s");
        };
    if (time.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("must be at most 10m");
    }
    return time;
  }

  private static long digits(String text) {
    String digits = text.replaceAll("[a-z]", "");
    if (digits.isEmpty()) {
      throw new IllegalArgumentException("must be a time such as 30s");
    }
    return Long.parseLong(digits);
  }

  private static <T> T parsed(String name, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw fault(name, String.valueOf(e.getMessage()));
    }
  }

  private static ApiException fault(String name, String detail) {
    return ApiException.badRequest(List.of(Problem.Fault.parameter(name, detail)));
  }
}
