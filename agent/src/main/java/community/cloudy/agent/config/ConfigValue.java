package community.cloudy.agent.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A key of the configuration.
 *
 * @param key such as {@code gossip.bind}
 * @param value as it is written, or would be; empty if it is not set; several with commas between
 * @param origin where it is written; empty if it is the default
 */
public record ConfigValue(String key, String value, Optional<Origin> origin) {
  private static final int MOST = 1000;

  /** Leaves out what is secret, a login in an URL, and the end of what is very long. */
  public ConfigValue {
    String shown = value.replaceAll("://[^/@\\s]*@", "://***@");
    value = shown.length() > MOST ? shown.substring(0, MOST) + "…" : shown;
  }

  static ConfigValue fallback(String key, Object value) {
    return new ConfigValue(key, words(value), Optional.empty());
  }

  static ConfigValue written(String key, Yaml.Field field) {
    return new ConfigValue(key, words(field.value()), Optional.of(field.key()));
  }

  private static String words(Object value) {
    if (value instanceof Yaml.Scalar scalar) {
      return scalar.isNull() ? "" : scalar.text();
    } else if (value instanceof Yaml.Items list) {
      return words(list.items());
    } else if (value instanceof Yaml.Fields map) {
      return map.fields().entrySet().stream()
          .map(field -> field.getKey() + ": " + words(field.getValue().value()))
          .collect(Collectors.joining(", "));
    } else if (value instanceof Optional<?> optional) {
      return optional.map(ConfigValue::words).orElse("");
    } else if (value instanceof Collection<?> items) {
      return items.stream().map(ConfigValue::words).collect(Collectors.joining(", "));
    }
    return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString();
  }
}
