package community.cloudy.auth;

/** Bounds and cleans text that comes from outside. */
final class Text {
  private Text() {}

  /** Tells whether nothing in {@code text} moves a cursor, breaks a line, hides or reorders. */
  static boolean printable(String text) {
    return text.codePoints().allMatch(Text::printable);
  }

  /** Returns {@code text} with a space for whatever is not {@link #printable(String)}. */
  static String cleaned(String text) {
    return text.codePoints()
        .map(point -> printable(point) ? point : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Cuts {@code text} after {@code limit} characters, never within one. */
  static String bounded(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
  }

  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
