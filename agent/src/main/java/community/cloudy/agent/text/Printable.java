package community.cloudy.agent.text;

/**
 * Text from elsewhere made safe for a terminal or a log: control characters, ANSI escapes, line
 * separators, bidirectional overrides and unpaired surrogates become U+FFFD.
 */
public final class Printable {
  private static final int REPLACEMENT = 0xfffd;

  private Printable() {}

  /** Returns {@code text} without anything that moves a cursor, breaks a line or reorders text. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::unsafe)) {
      return text;
    }
    return text.codePoints()
        .map(point -> unsafe(point) ? REPLACEMENT : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean unsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
