package community.cloudy.gossip.discovery;

/** The rules for text that the whole community will see. */
public final class Text {
  private static final int REPLACEMENT = 0xfffd;

  private Text() {}

  /**
   * Returns {@code text}, if it has {@code least} to {@code most} characters and nothing that moves
   * a cursor, reorders text or is markup: pages of legacy nodes print what they are told as HTML.
   *
   * @throws IllegalArgumentException if not; the message names {@code what}
   */
  static String checked(String what, String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most) {
      throw new IllegalArgumentException(
          what + " must have " + least + " to " + most + " characters, not " + length);
    }
    if (text.codePoints().anyMatch(Text::isUnsafe)) {
      throw new IllegalArgumentException(
          what + " must not hold control or formatting characters, nor < or >");
    }
    return text;
  }

  /** Returns {@code text} cut to {@code most} characters, with U+FFFD for what is not allowed. */
  static String printable(String text, int most) {
    return text.codePoints()
        .limit(most)
        .map(point -> isUnsafe(point) ? REPLACEMENT : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Tells whether it moves a cursor, reorders text or is markup. */
  public static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> point == '<' || point == '>';
    };
  }
}
