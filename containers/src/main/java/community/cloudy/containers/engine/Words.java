package community.cloudy.containers.engine;

/** What programs said, made fit for a message to a person. */
final class Words {
  private Words() {}

  /** Returns {@code text} on one line without control characters, cut to {@code most}. */
  static String clean(String text, int most) {
    String head = text.length() > 4 * most ? text.substring(0, 4 * most) : text;
    String line =
        head.codePoints()
            .map(point -> isControl(point) ? ' ' : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip()
            .replaceAll(" {2,}", " ");
    return line.codePointCount(0, line.length()) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static boolean isControl(int point) {
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
