package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import community.cloudy.agent.json.Json;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration as JSON, component by component. What is secret says so itself: {@link
 * community.cloudy.auth.Secret} shows nothing but stars.
 */
final class ConfigJson {
  private ConfigJson() {}

  static JsonNode of(Object value) {
    if (value instanceof Record part) {
      return of(part);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(ConfigJson::of).orElseGet(() -> TextNode.valueOf(""));
    }
    if (value instanceof Collection<?> items) {
      ArrayNode list = Json.array();
      items.forEach(item -> list.add(of(item)));
      return list;
    }
    if (value instanceof Map<?, ?> entries) {
      ObjectNode object = Json.object();
      entries.forEach((key, item) -> object.set(key.toString(), of(item)));
      return object;
    }
    return TextNode.valueOf(value.toString());
  }

  private static JsonNode of(Record part) {
    ObjectNode object = Json.object();
    for (RecordComponent component : part.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        object.set(key(component.getName()), of(component.getAccessor().invoke(part)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record hides " + component.getName(), e);
      }
    }
    return object;
  }

  private static String key(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
