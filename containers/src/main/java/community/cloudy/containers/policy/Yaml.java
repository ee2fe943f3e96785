package community.cloudy.containers.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML value and the line it stands on, from 1; 0 for one that stands in no file. */
public sealed interface Yaml {
  /** Returns the line it begins on. */
  int line();

  /**
   * A single value; {@code plain} if it was written without quotes, so that its text has a type.
   */
  record Scalar(int line, String text, boolean plain) implements Yaml {
    /** Returns whether it stands for nothing. */
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  /** Values in order. */
  record Items(int line, List<Yaml> items) implements Yaml {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /** Values by name, in order. */
  record Fields(int line, Map<String, Field> fields) implements Yaml {
    /** Keeps the order of {@code fields}. */
    public Fields {
      fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns the value of {@code key}; empty too if it is null. */
    public Optional<Yaml> get(String key) {
      return Optional.ofNullable(fields.get(key)).map(Field::value).filter(v -> !Yaml.isNull(v));
    }

    /** Returns the text of {@code key}, if it is a single value. */
    public Optional<String> text(String key) {
      return get(key).flatMap(Yaml::text);
    }

    /** Returns the object under {@code key}; an empty one if there is none. */
    public Fields object(String key) {
      return get(key).flatMap(Yaml::asFields).orElse(new Fields(line, Map.of()));
    }
  }

  /** A value and the line of its key. */
  record Field(int line, Yaml value) {}

  /** Returns whether {@code value} stands for nothing. */
  static boolean isNull(Yaml value) {
    return value instanceof Scalar scalar && scalar.isNull();
  }

  /** Returns the text of a single value that is not null. */
  static Optional<String> text(Yaml value) {
    return value instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** Returns {@code value} if it is an object. */
  static Optional<Fields> asFields(Yaml value) {
    return value instanceof Fields fields ? Optional.of(fields) : Optional.empty();
  }

  /** Returns a string. */
  static Scalar quoted(String text) {
    return new Scalar(0, text, false);
  }

  /** Returns a number, a boolean or another typed value. */
  static Scalar plain(String text) {
    return new Scalar(0, text, true);
  }
}
