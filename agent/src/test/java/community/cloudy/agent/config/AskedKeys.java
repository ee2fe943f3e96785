package community.cloudy.agent.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A section in which nothing is written, and which keeps what it is asked for. */
final class AskedKeys extends Section {
  private static final Origin NOWHERE = Origin.whole("nowhere");

  /** No parser but one of plain text takes this. */
  private static final String NONSENSE = "!\u0000";

  private final String path;
  private final Map<String, Key> keys;

  /**
   * A key.
   *
   * @param value in words, as the parser refuses others
   * @param fallback as it would be written; empty if there is none
   */
  record Key(String value, String fallback) {}

  AskedKeys() {
    this("", new LinkedHashMap<>());
  }

  private AskedKeys(String path, Map<String, Key> keys) {
    super(path, Yaml.Fields.empty(NOWHERE), new Problems(), new LinkedHashMap<>());
    this.path = path;
    this.keys = keys;
  }

  /** Returns all keys in the order asked for. */
  Map<String, Key> keys() {
    return keys;
  }

  private void asked(String key, String value, String fallback) {
    keys.putIfAbsent(path.isEmpty() ? key : path + "." + key, new Key(value, fallback));
  }

  @Override
  <T> T value(String key, T fallback, Function<String, T> parser) {
    asked(key, taken(parser), written(fallback, parser));
    return super.value(key, fallback, parser);
  }

  @Override
  <T> Optional<T> optional(String key, Optional<T> fallback, Function<String, T> parser) {
    asked(key, taken(parser), fallback.map(value -> written(value, parser)).orElse(""));
    return super.optional(key, fallback, parser);
  }

  @Override
  boolean flag(String key, boolean fallback) {
    asked(key, "true or false", String.valueOf(fallback));
    return super.flag(key, fallback);
  }

  @Override
  <T> List<T> list(String key, Function<String, T> parser) {
    asked(key, "list: " + taken(parser), "[]");
    return super.list(key, parser);
  }

  @Override
  <T> List<T> list(String key, List<T> fallback, Function<String, T> parser) {
    asked(
        key,
        "list: " + taken(parser),
        fallback.stream()
            .map(value -> written(value, parser))
            .collect(Collectors.joining(", ", "[", "]")));
    return super.list(key, fallback, parser);
  }

  @Override
  Map<String, String> texts(String key) {
    asked(key, "map of texts", "{}");
    return super.texts(key);
  }

  @Override
  Section section(String key) {
    super.section(key);
    return new AskedKeys(path.isEmpty() ? key : path + "." + key, keys);
  }

  /** Says in words what a parser takes: it is asked to take nonsense. */
  private static String taken(Function<String, ?> parser) {
    try {
      var unused = parser.apply(NONSENSE);
      return "text";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage())
          .replaceFirst("(?s), not !.*$", "")
          .replaceFirst("^must (be|hold) ", "")
          .replaceFirst("^is not ([^:]+):.*$", "$1")
          .replaceFirst("^.* neither (.+) nor (.+)$", "$1 or $2");
    }
  }

  /** Returns the text that the parser reads as {@code value}. */
  private static <T> String written(T value, Function<String, T> parser) {
    return Stream.of(
            value.toString(),
            value.toString().toLowerCase(Locale.ROOT),
            "unix://" + value,
            time(value),
            value instanceof Number number ? (number.longValue() >> 20) + "m" : "",
            value instanceof Number number ? String.valueOf(number.doubleValue() / 1000) : "",
            value.toString().replaceFirst("^/", "").replace("0:0:0:0:0:0:0:1", "::1"))
        .filter(text -> reads(parser, text, value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no text is read as " + value));
  }

  private static String time(Object value) {
    if (!(value instanceof Duration time)) {
      return "";
    }
    return time.toHours() * 3600 == time.toSeconds()
        ? time.toHours() % 24 == 0 ? time.toDays() + "d" : time.toHours() + "h"
        : time.toMinutes() + "m";
  }

  private static <T> boolean reads(Function<String, T> parser, String text, T value) {
    try {
      return parser.apply(text).equals(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
