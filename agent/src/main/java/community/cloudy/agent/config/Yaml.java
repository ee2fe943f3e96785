package community.cloudy.agent.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML value that remembers where it was written. */
sealed interface Yaml {
  /** Returns where the value begins. */
  Origin origin();

  /** Returns a word for this kind of value, for messages. */
  String kind();

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param plain whether it was written without quotes
   */
  record Scalar(Origin origin, String text, boolean plain) implements Yaml {
    /** Tells whether nothing was written: {@code key:}, {@code key: ~} or {@code key: null}. */
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String kind() {
      return "a single value";
    }
  }

  /** A list. */
  record Items(Origin origin, List<Yaml> items) implements Yaml {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map, in the order written. */
  record Fields(Origin origin, Map<String, Field> fields) implements Yaml {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static Fields empty(Origin origin) {
      return new Fields(origin, Map.of());
    }

    @Override
    public String kind() {
      return "a map";
    }

    /** Returns these fields with {@code later} laid over them: maps merge, all else is replaced. */
    Fields merge(Fields later) {
      Map<String, Field> merged = new LinkedHashMap<>(fields);
      later.fields.forEach((key, field) -> merged.merge(key, field, Field::merge));
      return new Fields(later.origin, merged);
    }
  }

  /**
   * A key and its value.
   *
   * @param key where the key is written
   * @param value what it is set to
   */
  record Field(Origin key, Yaml value) {
    private Field merge(Field later) {
      return value instanceof Fields mine && later.value instanceof Fields theirs
          ? new Field(later.key, mine.merge(theirs))
          : later;
    }
  }
}
