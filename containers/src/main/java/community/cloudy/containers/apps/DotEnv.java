package community.cloudy.containers.apps;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code .env} so that every Compose reads back what was written. Version 1 (python-dotenv)
 * expands <code>${NAME}</code> even between single quotes and knows no way to write it; version 2
 * expands <code>$NAME</code> between double quotes. So a value stands between single quotes unless
 * it holds one itself, or a backslash; what neither can say is refused.
 */
final class DotEnv {
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z0-9_]+)\\s*=(.*)");
  // What is written here, and what a person writes in its place that every Compose reads alike.
  private static final Pattern VALUE =
      Pattern.compile("'([^'\\\\]*)'|\"((?:[^\"\\\\$]|\\\\[\"\\\\])*)\"|([^'\"\\\\$#`]*)");

  private DotEnv() {}

  /**
   * Returns {@code value} if it can be written.
   *
   * @throws IllegalArgumentException if not; the message completes "NAME …"
   */
  static String checked(String value) {
    if (value.length() > FieldKind.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "must have at most " + FieldKind.MAX_LENGTH + " characters");
    }
    if (value.codePoints().anyMatch(DotEnv::isControl)) {
      throw new IllegalArgumentException("must be one line without control characters");
    }
    if (value.contains("${")) {
      throw new IllegalArgumentException("must not hold ${, which Compose would expand");
    }
    if (value.endsWith("\\")) {
      throw new IllegalArgumentException("must not end in \\, which would take in the quote");
    }
    if (value.contains("$") && needsDoubleQuotes(value)) {
      throw new IllegalArgumentException("must not hold $ together with ' or \\");
    }
    return value;
  }

  private static boolean isControl(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> point == 0xfeff;
    };
  }

  private static boolean needsDoubleQuotes(String value) {
    return value.indexOf('\'') >= 0 || value.indexOf('\\') >= 0;
  }

  /** Returns the file's text for {@code values}, by name, each already checked. */
  static String write(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(Field.checkName(name))
                .append('=')
                .append(quoted(checked(value)))
                .append('\n'));
    return text.toString();
  }

  private static String quoted(String value) {
    return needsDoubleQuotes(value)
        ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : '\'' + value + '\'';
  }

  /**
   * Returns what the text of such a file sets {@code name} to; of several lines the last counts.
   *
   * @throws IllegalArgumentException if not every Compose reads that line alike; the message
   *     completes "NAME …"
   */
  static Optional<String> read(String text, String name) {
    return text.lines()
        .map(LINE::matcher)
        .filter(line -> line.matches() && line.group(1).equals(name))
        .reduce((before, line) -> line)
        .map(line -> unquoted(line.group(2).strip()));
  }

  /** Tells whether the text of such a file has nothing beside {@code names}, no comment either. */
  static boolean hasOnly(String text, Set<String> names) {
    return text.lines()
        .filter(line -> !line.isBlank())
        .map(LINE::matcher)
        .allMatch(line -> line.matches() && names.contains(line.group(1)));
  }

  private static String unquoted(String value) {
    Matcher matcher = VALUE.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is written in .env in a way that is not understood here. Put it between ' and '");
    }
    if (matcher.group(2) != null) {
      return matcher.group(2).replaceAll("\\\\(.)", "$1");
    }
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
  }
}
