package community.cloudy.services.squid.conf;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One word of Squid's file that came from a person or another node. Squid reads {@code "} as the
 * name of a file to read, {@code #} as a comment, {@code -} in front as an option, {@code \} at the
 * end as "goes on", and <code>${</code> and {@code %} as variables: none can be in a word.
 *
 * @param text at most 512 letters, digits and some signs
 */
record Word(String text) {
  private static final Pattern FORM =
      Pattern.compile("[\\[A-Za-z0-9/.:_][\\]A-Za-z0-9/.:_@=,+-]{0,511}");

  /** Refuses what would not stay one word. */
  Word {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be of letters, digits and . : _ / @ = , + - to be written for Squid");
    }
  }

  static Word of(long number) {
    return new Word(Long.toString(number));
  }

  static Word of(Path path) {
    return new Word(path.toString());
  }
}
