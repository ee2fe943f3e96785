package community.cloudy.agent.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A section in which nothing is written, and which keeps what it is asked for. */
final class AskedKeys extends Section {
  private static final Origin NOWHERE = Origin.whole("nowhere");

  /** No parser but one of plain text takes this. */
  private static final String NONSENSE = "!\u0000";

  private final String path;
  private final Map<String, ConfigValue> read;
  private final Map<String, Asked> asked;

  /** How a key was asked for: what its parser takes, and the form in which its default is shown. */
  private record Asked(String value, String form) {}

  /**
   * A key.
   *
   * @param value in words, as the parser refuses others
   * @param fallback as it would be written; empty if there is none
   */
  record Key(String value, String fallback) {}

  AskedKeys() {
    this("", new HashMap<>(), new LinkedHashMap<>());
  }

  private AskedKeys(String path, Map<String, ConfigValue> read, Map<String, Asked> asked) {
    super(path, Yaml.Fields.empty(NOWHERE), new Problems(), read);
    this.path = path;
    this.read = read;
    this.asked = asked;
  }

  /** Returns all keys in the order asked for. */
  Map<String, Key> keys() {
    Map<String, Key> keys = new LinkedHashMap<>();
    asked.forEach(
        (name, one) -> {
          ConfigValue value = Objects.requireNonNull(read.get(name), name);
          keys.put(name, new Key(one.value(), one.form().formatted(value.value())));
        });
    return keys;
  }

  private void asked(String key, String value, String form) {
    asked.putIfAbsent(name(key), new Asked(value, form));
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  @Override
  <T> T value(String key, T fallback, Function<String, T> parser) {
    asked(key, taken(parser), "%s");
    return super.value(key, fallback, parser);
  }

  @Override
  <T> Optional<T> optional(String key, Optional<T> fallback, Function<String, T> parser) {
    asked(key, taken(parser), "%s");
    return super.optional(key, fallback, parser);
  }

  @Override
  boolean flag(String key, boolean fallback) {
    asked(key, "true or false", "%s");
    return super.flag(key, fallback);
  }

  @Override
  <T> List<T> list(String key, Function<String, T> parser) {
    asked(key, "list: " + taken(parser), "[%s]");
    return super.list(key, parser);
  }

  @Override
  Map<String, String> texts(String key) {
    asked(key, "map of texts", "{%s}");
    return super.texts(key);
  }

  @Override
  Section section(String key) {
    super.section(key);
    return new AskedKeys(name(key), read, asked);
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
}
