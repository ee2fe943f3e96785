package community.cloudy.containers.engine;

import com.github.dockerjava.api.model.DockerObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as the engine wrote it. The engine leaves out keys or sends null as its versions see
 * fit; here what is missing is empty.
 */
record Raw(Map<String, Object> values) {
  /** Reads what docker-java has kept of an answer: all of it. */
  static Raw of(DockerObject object) {
    return new Raw(object.getRawValues());
  }

  String text(String key) {
    return values.get(key) instanceof String text ? text : "";
  }

  Optional<String> textIfAny(String key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  long number(String key) {
    return values.get(key) instanceof Number number ? number.longValue() : 0;
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(values.get(key));
  }

  /** Reads a time; the engine's word for never is year 1. */
  Optional<Instant> time(String key) {
    try {
      return textIfAny(key)
          .map(text -> java.time.OffsetDateTime.parse(text).toInstant())
          .filter(at -> at.isAfter(Instant.EPOCH));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  Raw object(String key) {
    return new Raw(asMap(values.get(key)));
  }

  List<Raw> objects(String key) {
    return list(key).stream().map(item -> new Raw(asMap(item))).toList();
  }

  List<String> texts(String key) {
    return list(key).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  Map<String, String> textMap(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    object(key).values.forEach((name, value) -> map.put(name, value instanceof String s ? s : ""));
    return map;
  }

  private List<?> list(String key) {
    return values.get(key) instanceof List<?> list ? list : List.of();
  }

  private static Map<String, Object> asMap(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach(
          (key, item) -> {
            if (key != null && item != null) {
              map.put(key.toString(), item);
            }
          });
    }
    return map;
  }

  /** Returns everything without nulls, unmodifiable at every depth. */
  Map<String, Object> frozen() {
    Map<String, Object> map = new LinkedHashMap<>();
    asMap(values).forEach((key, value) -> map.put(key, freeze(value)));
    return Map.copyOf(map);
  }

  private static Object freeze(Object value) {
    if (value instanceof Map<?, ?>) {
      return new Raw(asMap(value)).frozen();
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (Object item : list) {
        if (item != null) {
          items.add(freeze(item));
        }
      }
      return List.copyOf(items);
    }
    return value;
  }
}
