package community.cloudy.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A map of the configuration while its keys are read. A key that {@link #end} finds unread is
 * unknown. A parser refuses a text with {@link IllegalArgumentException}; its message becomes the
 * problem's. Not final, so that the reference can be made of what is asked for.
 */
class Section {
  private final String path;
  private final Yaml.Fields fields;
  private final Problems problems;
  private final Map<String, ConfigValue> read;
  private final Set<String> known = new TreeSet<>();

  /**
   * Begins to read a map.
   *
   * @param read is given every key that is read
   */
  Section(String path, Yaml.Fields fields, Problems problems, Map<String, ConfigValue> read) {
    this.path = path;
    this.fields = fields;
    this.problems = problems;
    this.read = read;
  }

  /** Reads a value that is always there; nothing written means {@code fallback}. */
  <T> T value(String key, T fallback, Function<String, T> parser) {
    note(key, fallback, true);
    return scalar(key)
        .filter(scalar -> !scalar.isNull())
        .flatMap(scalar -> parsed(key, scalar, parser))
        .orElse(fallback);
  }

  /** Reads a value that is always there; nothing written means that {@code fallback} is. */
  <T> T valueOr(String key, String fallback, Function<String, T> parser) {
    T value = value(key, parser.apply(fallback), parser);
    note(key, fallback, true);
    return value;
  }

  /**
   * Reads a value that may be switched off by leaving it empty; nothing written means that {@code
   * fallback} is.
   */
  <T> Optional<T> optionalOr(String key, String fallback, Function<String, T> parser) {
    Optional<T> value = optional(key, Optional.of(parser.apply(fallback)), parser);
    note(key, fallback, false);
    return value;
  }

  private void note(String key, Object fallback, boolean emptyIsNothing) {
    Yaml.Field field = fields.fields().get(key);
    ConfigValue value =
        field == null || (emptyIsNothing && isNothing(field.value()))
            ? ConfigValue.fallback(name(key), fallback)
            : ConfigValue.written(name(key), field);
    read.put(value.key(), value);
  }

  /** Reads a value that may be switched off by leaving it empty. */
  <T> Optional<T> optional(String key, Optional<T> fallback, Function<String, T> parser) {
    note(key, fallback, false);
    Optional<Yaml.Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return fallback;
    }
    boolean off = scalar.get().isNull() || scalar.get().text().isEmpty();
    return off ? Optional.empty() : parsed(key, scalar.get(), parser);
  }

  /** Reads a value that is not there unless written. */
  <T> Optional<T> optional(String key, Function<String, T> parser) {
    return optional(key, Optional.empty(), parser);
  }

  /** Reads {@code true} or {@code false}. */
  boolean flag(String key, boolean fallback) {
    return value(key, fallback, Section::flag);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  /** Reads a list; nothing written means an empty one. */
  <T> List<T> list(String key, Function<String, T> parser) {
    note(key, List.of(), true);
    List<T> values = new ArrayList<>();
    Yaml value = field(key);
    if (value instanceof Yaml.Items list) {
      for (Yaml item : list.items()) {
        if (item instanceof Yaml.Scalar scalar) {
          parsed(key, scalar, parser).ifPresent(values::add);
        } else {
          wrongKind(key, item, "a list of single values");
        }
      }
    } else if (!isNothing(value)) {
      wrongKind(key, value, "a list");
    }
    return values;
  }

  /** Reads a list; nothing written means {@code fallback}. */
  <T> List<T> list(String key, List<T> fallback, Function<String, T> parser) {
    List<T> values = list(key, parser);
    note(key, fallback, false);
    return has(key) ? values : fallback;
  }

  /** Reads a list; nothing written means that {@code fallback} is. */
  <T> List<T> listOr(String key, List<String> fallback, Function<String, T> parser) {
    List<T> values = list(key, fallback.stream().map(parser).toList(), parser);
    note(key, fallback, false);
    return values;
  }

  /** Tells whether anything is written under {@code key}, if only that it is empty. */
  boolean has(String key) {
    return fields.fields().containsKey(key);
  }

  /**
   * Makes something of values that must fit together; what it refuses is a problem at {@code key}.
   */
  <T> Optional<T> made(String key, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Reads a map of texts; nothing written means an empty one. */
  Map<String, String> texts(String key) {
    note(key, "", true);
    Map<String, String> texts = new LinkedHashMap<>();
    Yaml value = field(key);
    if (value instanceof Yaml.Fields map) {
      map.fields()
          .forEach(
              (name, field) -> {
                if (field.value() instanceof Yaml.Scalar scalar) {
                  texts.put(name, scalar.text());
                } else {
                  wrongKind(key + "." + name, field.value(), "a single value");
                }
              });
    } else if (!isNothing(value)) {
      wrongKind(key, value, "a map");
    }
    return texts;
  }

  /** Opens the map under {@code key}; nothing written means an empty one. */
  Section section(String key) {
    Yaml value = field(key);
    if (value instanceof Yaml.Fields map) {
      return new Section(name(key), map, problems, read);
    }
    if (!isNothing(value)) {
      wrongKind(key, value, "a map");
    }
    return new Section(name(key), Yaml.Fields.empty(fields.origin()), problems, read);
  }

  /** Returns everything as it is written, and takes every key for known. */
  Yaml.Fields all() {
    known.addAll(fields.fields().keySet());
    return fields;
  }

  /** Says that {@code key}, which is read elsewhere, is so. */
  void note(ConfigValue value) {
    read.put(value.key(), value);
  }

  /** Reports {@code message} at {@code key}. */
  void problem(String key, String message) {
    Yaml.Field field = fields.fields().get(key);
    Origin origin = field == null ? fields.origin() : field.value().origin();
    problems.add(origin, name(key) + " " + message + ".");
  }

  /** Reports every key that was not read. */
  void end() {
    fields
        .fields()
        .forEach(
            (key, field) -> {
              if (!known.contains(key)) {
                problems.add(field.key(), "unknown key " + name(key) + ". " + remedy(key));
              }
            });
  }

  private String remedy(String key) {
    return Spelling.nearest(key, known)
        .map(near -> "Did you mean " + near + "?")
        .orElse("Known here: " + String.join(", ", known) + ".");
  }

  private Yaml field(String key) {
    known.add(key);
    Yaml.Field field = fields.fields().get(key);
    return field == null ? new Yaml.Scalar(fields.origin(), "", true) : field.value();
  }

  private static boolean isNothing(Yaml value) {
    return value instanceof Yaml.Scalar scalar && scalar.isNull();
  }

  private Optional<Yaml.Scalar> scalar(String key) {
    known.add(key);
    Yaml.Field field = fields.fields().get(key);
    if (field == null) {
      return Optional.empty();
    }
    if (field.value() instanceof Yaml.Scalar scalar) {
      return Optional.of(scalar);
    }
    wrongKind(key, field.value(), "a single value");
    return Optional.empty();
  }

  private <T> Optional<T> parsed(String key, Yaml.Scalar scalar, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(scalar.text()));
    } catch (IllegalArgumentException e) {
      problems.add(scalar.origin(), name(key) + " " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private void wrongKind(String key, Yaml value, String wanted) {
    problems.add(value.origin(), name(key) + " must be " + wanted + ", not " + value.kind() + ".");
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
