package community.cloudy.services.spi.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import community.cloudy.services.spi.settings.SettingsException.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes records of what a person wrote, and collects all that is wrong with it. */
final class Binder {
  private static final int MAX_ITEMS = 10_000;
  private static final int MAX_PROBLEMS = 100;

  private final List<Problem> problems = new ArrayList<>();

  /**
   * Binds {@code json}.
   *
   * @throws SettingsException with everything that is wrong
   */
  static Record bind(Shape shape, JsonNode json) {
    Binder binder = new Binder();
    Optional<Object> bound = binder.group(shape, json, "");
    if (bound.isEmpty() || !binder.problems.isEmpty()) {
      throw new SettingsException(binder.problems);
    }
    return (Record) bound.get();
  }

  private Optional<Object> group(Shape shape, JsonNode json, String at) {
    if (!isNothing(json) && !json.isObject()) {
      return refuse(at, "must be a map");
    }
    List<Object> values = new ArrayList<>();
    for (Shape.Field field : shape.fields()) {
      value(field, json.path(field.key()), at + "/" + field.key()).ifPresent(values::add);
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (shape.fields().stream().noneMatch(field -> field.key().equals(name))) {
                refuse(at + "/" + escaped(name), "is not known here. Known: " + keys(shape));
              }
            });
    if (values.size() < shape.fields().size()) {
      return Optional.empty();
    }
    return tried(at, () -> shape.make(values));
  }

  private static String keys(Shape shape) {
    return String.join(", ", shape.fields().stream().map(Shape.Field::key).toList());
  }

  private Optional<Object> value(Shape.Field field, JsonNode json, String at) {
    if (!isNothing(json)) {
      return value(field.kind(), json, at);
    }
    if (field.isRequired()) {
      return refuse(at, "must be written");
    }
    return nothing(field, at);
  }

  private Optional<Object> nothing(Shape.Field field, String at) {
    Kind kind = field.kind();
    if (kind instanceof Kind.Maybe) {
      return Optional.of(Optional.empty());
    } else if (kind instanceof Kind.Items) {
      return Optional.of(List.of());
    } else if (kind instanceof Kind.Named) {
      return Optional.of(Map.of());
    } else if (kind instanceof Kind.Group group) {
      return group(group.shape(), MissingNode.getInstance(), at);
    }
    return parsed(kind, field.setting().fallback(), at);
  }

  private Optional<Object> value(Kind kind, JsonNode json, String at) {
    if (kind instanceof Kind.Maybe maybe) {
      return value(maybe.of(), json, at).map(Optional::of);
    } else if (kind instanceof Kind.Items items) {
      return items(items, json, at);
    } else if (kind instanceof Kind.Named named) {
      return named(named, json, at);
    } else if (kind instanceof Kind.Group group) {
      return group(group.shape(), json, at);
    }
    return json.isValueNode() ? parsed(kind, json.asText(), at) : refuse(at, "must be one value");
  }

  private Optional<Object> parsed(Kind kind, String text, String at) {
    Function<String, Object> parser =
        kind instanceof Kind.Choice choice ? choice.parser() : ((Kind.Single) kind).parser();
    return tried(at, () -> parser.apply(text));
  }

  private Optional<Object> items(Kind.Items items, JsonNode json, String at) {
    if (!json.isArray() || json.size() > MAX_ITEMS) {
      return refuse(at, "must be a list of at most " + MAX_ITEMS);
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      value(items.of(), json.get(i), at + "/" + i).ifPresent(values::add);
    }
    return Optional.of(List.copyOf(values));
  }

  private Optional<Object> named(Kind.Named named, JsonNode json, String at) {
    if (!json.isObject() || json.size() > MAX_ITEMS) {
      return refuse(at, "must be a map of at most " + MAX_ITEMS);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry ->
                value(named.of(), entry.getValue(), at + "/" + escaped(entry.getKey()))
                    .ifPresent(value -> values.put(entry.getKey(), value)));
    return Optional.of(Collections.unmodifiableMap(values));
  }

  private interface Attempt {
    Object make();
  }

  private Optional<Object> tried(String at, Attempt attempt) {
    try {
      return Optional.of(attempt.make());
    } catch (IllegalArgumentException e) {
      return refuse(at, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Object> refuse(String at, String message) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(at, message));
    }
    return Optional.empty();
  }

  private static boolean isNothing(JsonNode json) {
    return json.isMissingNode() || json.isNull();
  }

  /** RFC 6901, section 3. */
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
