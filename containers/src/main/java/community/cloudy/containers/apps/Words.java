package community.cloudy.containers.apps;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One text in one or more languages.
 *
 * @param texts never empty
 */
public record Words(Map<Language, String> texts) {
  /** Checks that there is a text. */
  public Words {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("must be in one language at least");
    }
    texts = Collections.unmodifiableMap(new EnumMap<>(texts));
  }

  /** Returns the text in {@code language}, else in English, else in whatever it is. */
  public String in(Language language) {
    String text = texts.get(language);
    if (text == null) {
      text = texts.get(Language.EN);
    }
    return text == null ? texts.values().iterator().next() : text;
  }
}
