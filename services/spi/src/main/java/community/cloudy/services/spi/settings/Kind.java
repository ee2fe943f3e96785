package community.cloudy.services.spi.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What may stand at a key. */
sealed interface Kind {
  /**
   * A single value.
   *
   * @param word its type in JSON Schema
   * @param parser makes the value of a text, or refuses
   * @param printer makes the text of a value
   */
  record Single(String word, Function<String, Object> parser, Function<Object, String> printer)
      implements Kind {}

  /** One of some words. */
  record Choice(List<String> words, Function<String, Object> parser) implements Kind {}

  /** Something that may be left out. */
  record Maybe(Kind of) implements Kind {}

  /** Any number of values. */
  record Items(Kind of) implements Kind {}

  /** Values by names that people give. */
  record Named(Kind of) implements Kind {}

  /** A map with keys of its own. */
  record Group(Shape shape) implements Kind {}

  /** Returns a whole number or one with a fraction within the setting's range. */
  static Single number(Setting setting, String word, Function<String, Number> maker) {
    return new Single(
        word,
        text -> {
          try {
            Number number = maker.apply(text);
            if (number.doubleValue() >= setting.min() && number.doubleValue() <= setting.max()) {
              return number;
            }
          } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
          }
          throw new IllegalArgumentException(
              "must be a number from %d to %d".formatted(setting.min(), setting.max()));
        },
        String::valueOf);
  }

  /** Returns {@code true} or {@code false}. */
  static Single flag() {
    return new Single(
        "boolean",
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
          }
          return Boolean.valueOf(text);
        },
        String::valueOf);
  }

  /** Returns a text on one line, within the setting's bounds. */
  static Single text(Setting setting) {
    Pattern pattern = Pattern.compile(setting.pattern().isEmpty() ? ".*" : setting.pattern());
    return new Single(
        "string",
        text -> {
          if (text.length() > setting.max() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                "must be on one line, of at most " + setting.max() + " characters");
          }
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("must match " + setting.pattern());
          }
          return text;
        },
        String::valueOf);
  }

  /** Returns a time such as {@code 90s}. */
  static Single time() {
    return new Single("string", Settings::time, value -> ((Duration) value).toSeconds() + "s");
  }

  /** Returns an absolute path. */
  static Single path() {
    return new Single(
        "string",
        text -> {
          try {
            if (text.startsWith("/") && text.chars().noneMatch(Character::isISOControl)) {
              return Path.of(text).normalize();
            }
          } catch (InvalidPathException e) {
            // Refused below.
          }
          throw new IllegalArgumentException("must be a path from / on");
        },
        String::valueOf);
  }

  /** Returns one of the constants of {@code type}, in lower case. */
  static Choice choice(Class<?> type) {
    Object[] constants = Optional.ofNullable(type.getEnumConstants()).orElseThrow();
    List<String> words = Arrays.stream(constants).map(Kind::word).toList();
    return new Choice(
        words,
        text -> {
          int at = words.indexOf(text);
          if (at < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", words));
          }
          return constants[at];
        });
  }

  /** Returns the word for an enum's constant. */
  static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }
}
