package community.cloudy.services.spi.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON Schema of settings; {@code title} is in English, {@code x-titles} in other languages. */
final class SettingsSchema {
  private SettingsSchema() {}

  static ObjectNode of(Shape shape) {
    ObjectNode schema = object().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (Shape.Field field : shape.fields()) {
      properties.set(field.key(), of(field));
      if (field.isRequired()) {
        required.add(field.key());
      }
    }
    return schema;
  }

  private static ObjectNode of(Shape.Field field) {
    Setting setting = field.setting();
    ObjectNode schema = of(field.kind(), setting);
    schema.put("title", setting.value());
    ObjectNode titles = object();
    if (!setting.ca().isEmpty()) {
      titles.put("ca", setting.ca());
    }
    if (!setting.es().isEmpty()) {
      titles.put("es", setting.es());
    }
    if (!titles.isEmpty()) {
      schema.set("x-titles", titles);
    }
    if (!setting.fallback().isEmpty()) {
      schema.set("default", fallback(field.kind(), setting.fallback()));
    }
    return schema;
  }

  private static JsonNode fallback(Kind kind, String text) {
    return kind instanceof Kind.Single single
        ? Settings.single(single, single.parser().apply(text))
        : JsonNodeFactory.instance.textNode(text);
  }

  private static ObjectNode of(Kind kind, Setting setting) {
    if (kind instanceof Kind.Maybe maybe) {
      return of(maybe.of(), setting);
    } else if (kind instanceof Kind.Items items) {
      return with("array", "items", of(items.of(), setting));
    } else if (kind instanceof Kind.Named named) {
      return with("object", "additionalProperties", of(named.of(), setting));
    } else if (kind instanceof Kind.Group group) {
      return of(group.shape());
    } else if (kind instanceof Kind.Choice choice) {
      ObjectNode schema = object().put("type", "string");
      choice.words().forEach(schema.putArray("enum")::add);
      return schema;
    }
    return single((Kind.Single) kind, setting);
  }

  private static ObjectNode single(Kind.Single kind, Setting setting) {
    ObjectNode schema = object().put("type", kind.word());
    if (kind.word().equals("integer") || kind.word().equals("number")) {
      schema.put("minimum", setting.min()).put("maximum", setting.max());
    } else if (kind.word().equals("string")) {
      schema.put("maxLength", setting.max());
      if (!setting.pattern().isEmpty()) {
        schema.put("pattern", "^(?:" + setting.pattern() + ")$");
      }
    }
    return schema;
  }

  private static ObjectNode with(String type, String key, ObjectNode of) {
    ObjectNode schema = object().put("type", type);
    schema.set(key, of);
    return schema;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
