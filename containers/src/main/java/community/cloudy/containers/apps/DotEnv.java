package community.cloudy.containers.apps;

import java.util.Map;

/**
 * Writes {@code .env} so that every Compose reads back what was written. Version 1 (python-dotenv)
 * expands <code>${NAME}</code> even between single quotes and knows no way to write it; version 2
 * expands <code>$NAME</code> between double quotes. So a value stands between single quotes unless
 * it holds one itself, or a backslash; what neither can say is refused.
 */
final class DotEnv {
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
}
