package community.cloudy.containers.apps;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Turns what a person filled in into the files of a stack. Not thread-safe; for one filling. */
public final class Form {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int PORTS_TRIED = 1000;

  private final AppFolder folder;
  private final App app;
  private final IntPredicate isFree;
  private final RandomGenerator random;
  private final Set<Integer> taken = new HashSet<>();
  private final List<AppProblem> problems = new ArrayList<>();

  private Form(AppFolder folder, IntPredicate isFree, RandomGenerator random) {
    this.folder = folder;
    this.app = folder.app();
    this.isFree = isFree;
    this.random = random;
  }

  /**
   * Fills the form of {@code folder}'s app.
   *
   * @param values by field; what is left out or empty gets its default, a secret is made, and a
   *     port is moved up to one that is free
   * @param isFree tells whether nothing of this node listens to a port
   * @param random makes the secrets, so it must not be guessable
   * @throws AppException with every value that does not fit
   */
  public static Installation fill(
      AppFolder folder, Map<String, String> values, IntPredicate isFree, RandomGenerator random) {
    return new Form(folder, isFree, random).fill(values);
  }

  /**
   * Fills the form of an app that a stack is to become, with the values that it has.
   *
   * @param files of the stack as it is
   * @param values by field, in place of those that it has
   * @throws AppException with every value that does not fit, that of a new field among them
   */
  public static Installation refill(
      AppFolder folder,
      Map<String, byte[]> files,
      Map<String, String> values,
      IntPredicate isFree,
      RandomGenerator random) {
    Form form = new Form(folder, isFree, random);
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(form.kept(files, values));
    return form.fill(all);
  }

  private Map<String, String> kept(Map<String, byte[]> files, Map<String, String> values) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (Field field : app.fields()) {
      try {
        if (values.getOrDefault(field.name(), "").isEmpty()) {
          field.among(files).ifPresent(value -> kept.put(field.name(), value));
        }
      } catch (IllegalArgumentException e) {
        problem(field.name(), String.valueOf(e.getMessage()));
      }
    }
    return kept;
  }

  private Installation fill(Map<String, String> values) {
    Map<String, String> variables = new LinkedHashMap<>();
    Map<String, String> secrets = new LinkedHashMap<>();
    // First what a person chose, so that no default takes its port.
    for (Field field : app.fields()) {
      givenPort(field, values.getOrDefault(field.name(), ""));
    }
    for (Field field : app.fields()) {
      String value = value(field, values.getOrDefault(field.name(), ""));
      if (field.file()) {
        secrets.put(field.fileName(), value);
      } else {
        variables.put(field.name(), value);
      }
    }
    refuseUnknown(values);
    if (!problems.isEmpty()) {
      throw new AppException("fill in the form of " + app.id(), problems);
    }
    return new Installation(folder, variables, secrets);
  }

  private void givenPort(Field field, String given) {
    if (field.kind() instanceof FieldKind.Port && !given.isEmpty()) {
      try {
        int port = Integer.parseInt(field.kind().checked(given));
        if (!taken.add(port) || !isFree.test(port)) {
          problem(field.name(), "port " + port + " is in use. Take another, or leave it empty");
        }
      } catch (IllegalArgumentException e) {
        // Said when the field's turn comes.
        return;
      }
    }
  }

  private String value(Field field, String given) {
    try {
      if (!given.isEmpty()) {
        String value = field.kind().checked(given);
        return field.file() ? oneLine(value) : DotEnv.checked(value);
      }
      if (field.kind() instanceof FieldKind.Generated generated) {
        return secret(generated.length());
      }
      if (field.kind() instanceof FieldKind.Port) {
        return freePort(Integer.parseInt(field.fallback().orElseThrow()));
      }
      if (field.required() && field.fallback().isEmpty()) {
        problem(field.name(), "must be filled in");
      }
      return field.fallback().orElse("");
    } catch (IllegalArgumentException e) {
      problem(field.name(), String.valueOf(e.getMessage()));
      return "";
    }
  }

  private static String oneLine(String value) {
    if (value.length() > FieldKind.MAX_LENGTH
        || value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException(
          "must be one line of at most " + FieldKind.MAX_LENGTH + " characters");
    }
    return value;
  }

  private String freePort(int wanted) {
    int last = Math.min(65535, wanted + PORTS_TRIED);
    for (int port = wanted; port <= last; port++) {
      if (!taken.contains(port) && isFree.test(port)) {
        taken.add(port);
        return Integer.toString(port);
      }
    }
    throw new IllegalArgumentException(
        "has no free port from " + wanted + " to " + last + ". Give one that is free");
  }

  private String secret(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private void refuseUnknown(Map<String, String> values) {
    Set<String> known = new HashSet<>();
    app.fields().forEach(field -> known.add(field.name()));
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        problem(
            name,
            "is no field of this app. It has "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  private void problem(String field, String message) {
    problems.add(new AppProblem(field, 0, 0, message + "."));
  }
}
