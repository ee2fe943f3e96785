package community.cloudy.services.squid.conf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Writes Squid's file line by line. */
final class Lines {
  private static final Pattern PHRASE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .,:()_-]{0,63}");
  private static final int WORDS_A_LINE = 40;
  private static final int MAX_COMMENT = 300;

  private final StringBuilder text = new StringBuilder();

  /**
   * Writes a line.
   *
   * @param fixed how it begins: never anything but our own text
   */
  Lines add(String fixed, Word... words) {
    return add(fixed, List.of(words));
  }

  Lines add(String fixed, Collection<Word> words) {
    text.append(fixed);
    words.forEach(word -> text.append(' ').append(word.text()));
    text.append('\n');
    return this;
  }

  /** Writes a line that Squid takes to its end. */
  Lines phrase(String fixed, String phrase) {
    if (!PHRASE.matcher(phrase).matches()) {
      throw new IllegalArgumentException("must be of letters, digits, spaces and . , : ( ) _ -");
    }
    text.append(fixed).append(' ').append(phrase).append('\n');
    return this;
  }

  /** Writes a list of words under one name; Squid adds up lines that name the same list. */
  Lines list(String fixed, Collection<Word> words) {
    List<Word> all = new ArrayList<>(words);
    for (int i = 0; i < all.size(); i += WORDS_A_LINE) {
      add(fixed, all.subList(i, Math.min(all.size(), i + WORDS_A_LINE)));
    }
    return this;
  }

  /** Writes something for people; what could end a line or hide in it becomes a question mark. */
  Lines comment(String comment) {
    StringBuilder line = new StringBuilder("# ");
    comment
        .codePoints()
        .limit(MAX_COMMENT)
        .map(c -> Character.isLetterOrDigit(c) || " .,:;=@+()/_-".indexOf(c) >= 0 ? c : '?')
        .forEach(line::appendCodePoint);
    text.append(line).append('\n');
    return this;
  }

  Lines blank() {
    text.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
