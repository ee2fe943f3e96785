package community.cloudy.containers.apps;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of an app's form. Its name is the variable that {@code compose.yaml} refers to.
 *
 * @param name upper-case letters, digits and underscores; nothing Compose itself listens to
 * @param label what people read
 * @param fallback what it is set to where a person sets nothing
 * @param required whether it must not be left empty
 * @param file whether the value lies in a file of its own instead of among the variables
 */
public record Field(
    String name,
    FieldKind kind,
    Words label,
    Optional<Words> help,
    Optional<String> fallback,
    boolean required,
    boolean file) {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,47}");
  // A variable of these in .env would send Compose to other files or another engine.
  private static final Pattern TAKEN =
      Pattern.compile("(COMPOSE|DOCKER|LD|BUILDKIT)_.*|PATH|HOME|USER|SHELL");

  /** Checks the name and that the fallback is a value the field takes. */
  public Field {
    checkName(name);
    fallback.ifPresent(value -> checkDefault(kind, value));
  }

  private static void checkDefault(FieldKind kind, String value) {
    try {
      kind.checked(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("default " + e.getMessage(), e);
    }
  }

  static String checkName(String name) {
    if (!NAME.matches(name)) {
      throw new IllegalArgumentException("must be 1 to 48 of A-Z, 0-9 and _, a letter first");
    }
    if (TAKEN.matches(name)) {
      throw new IllegalArgumentException("is a name Compose or the system uses. Take another");
    }
    return name;
  }

  /** Returns the name of its file beneath {@code secrets/}, where it has one. */
  public String fileName() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Tells whether its value must not be shown. */
  public boolean isSecret() {
    return kind instanceof FieldKind.Password || kind instanceof FieldKind.Generated;
  }

  /**
   * Returns the value that a stack with these files has; none where they have none. One that an
   * earlier version of the app kept among the variables is found, too, or in a file.
   *
   * @throws IllegalArgumentException if {@code .env} cannot be read; the message completes "NAME …"
   */
  public Optional<String> among(Map<String, byte[]> files) {
    if (file) {
      return secret(files).or(() -> variable(files));
    }
    Optional<String> variable = variable(files);
    return isSecret() ? variable.or(() -> secret(files)) : variable;
  }

  private Optional<String> variable(Map<String, byte[]> files) {
    return Optional.ofNullable(files.get(Installation.ENV))
        .flatMap(env -> DotEnv.read(new String(env, StandardCharsets.UTF_8), name));
  }

  private Optional<String> secret(Map<String, byte[]> files) {
    return Optional.ofNullable(files.get(Installation.SECRETS + "/" + fileName()))
        .map(Field::withoutLineEnd);
  }

  // Most editors write one.
  static String withoutLineEnd(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
  }
}
