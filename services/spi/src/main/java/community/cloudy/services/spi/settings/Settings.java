package community.cloudy.services.spi.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What follows from a record of settings. */
public final class Settings {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([smhd])");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Settings() {}

  /**
   * Reads settings.
   *
   * @param json a map; single values may be texts, whatever they mean
   * @throws SettingsException with everything that is wrong
   */
  public static <C extends Record> C bind(Class<C> type, JsonNode json) {
    return type.cast(Binder.bind(Shape.of(type), json));
  }

  /**
   * Returns a time such as {@code 90s}, {@code 30m}, {@code 2h} or {@code 7d}.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  public static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a time such as 90s, 30m, 2h or 7d");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** Returns the refusal of what stands at a place. */
  public static SettingsException refused(String pointer, String message) {
    return new SettingsException(List.of(new SettingsException.Problem(pointer, message)));
  }

  /** Returns the JSON Schema (2020-12) of what can be read. */
  public static ObjectNode schema(Class<? extends Record> type) {
    ObjectNode schema = SettingsSchema.of(Shape.of(type));
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    return schema;
  }

  /** Returns a reference in Markdown: a row for each key. */
  public static String reference(Class<? extends Record> type) {
    return SettingsReference.of(Shape.of(type));
  }

  /** Returns settings as they would be written in full. */
  public static ObjectNode json(Record settings) {
    ObjectNode json = JSON.objectNode();
    for (Shape.Field field : Shape.of(settings.getClass()).fields()) {
      json.set(field.key(), json(field.kind(), field.of(settings)));
    }
    return json;
  }

  private static JsonNode json(Kind kind, Object value) {
    if (kind instanceof Kind.Maybe maybe) {
      return ((Optional<?>) value)
          .map(present -> json(maybe.of(), present))
          .orElseGet(JSON::nullNode);
    } else if (kind instanceof Kind.Items items) {
      ArrayNode array = JSON.arrayNode();
      ((List<?>) value).forEach(item -> array.add(json(items.of(), item)));
      return array;
    } else if (kind instanceof Kind.Named named) {
      ObjectNode object = JSON.objectNode();
      ((Map<?, ?>) value).forEach((name, v) -> object.set((String) name, json(named.of(), v)));
      return object;
    } else if (kind instanceof Kind.Group) {
      return json((Record) value);
    } else if (kind instanceof Kind.Choice) {
      return JSON.textNode(Kind.word(value));
    }
    return single((Kind.Single) kind, value);
  }

  static JsonNode single(Kind.Single kind, Object value) {
    if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    } else if (value instanceof Double number) {
      return JSON.numberNode(number);
    } else if (value instanceof Number number) {
      return JSON.numberNode(number.longValue());
    }
    return JSON.textNode(kind.printer().apply(value));
  }
}
