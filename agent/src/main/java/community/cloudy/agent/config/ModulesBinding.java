package community.cloudy.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.agent.plugins.Plugins;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.settings.SettingsException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Binds the section {@code services}: a key a module, whose own keys the module's record names. */
final class ModulesBinding {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ModulesBinding() {}

  static ModulesConfig modules(Section top, Problems problems) {
    Plugins plugins = Plugins.load(top.optional("plugins", Binding::path));
    Section services = top.section("services");
    SortedMap<String, ModuleConfig> settings = new TreeMap<>();
    plugins
        .modules()
        .forEach(
            (id, module) -> {
              if (services.has(id)) {
                Yaml.Fields written = services.section(id).all();
                module(written, module, problems)
                    .ifPresent(
                        config -> {
                          settings.put(id, config);
                          config.values(id).forEach(value -> top.note(placed(value, written)));
                        });
              }
            });
    services.end();
    return new ModulesConfig(plugins, settings);
  }

  private static Optional<ModuleConfig> module(
      Yaml.Fields written, ServiceModule<?, ?> module, Problems problems) {
    try {
      return Optional.of(ModulesConfig.read(module, (ObjectNode) json(written)));
    } catch (SettingsException e) {
      String id = module.descriptor().id();
      for (SettingsException.Problem problem : e.problems()) {
        String key = ("services." + id + "." + problem.key()).replaceFirst("\\.$", "");
        problems.add(origin(written, problem.pointer()), key + " " + problem.message() + ".");
      }
      return Optional.empty();
    }
  }

  private static JsonNode json(Yaml value) {
    if (value instanceof Yaml.Fields fields) {
      ObjectNode object = JSON.objectNode();
      fields.fields().forEach((key, field) -> object.set(key, json(field.value())));
      return object;
    } else if (value instanceof Yaml.Items items) {
      ArrayNode array = JSON.arrayNode();
      items.items().forEach(item -> array.add(json(item)));
      return array;
    }
    Yaml.Scalar scalar = (Yaml.Scalar) value;
    return scalar.isNull() ? JSON.nullNode() : JSON.textNode(scalar.text());
  }

  /** Adds to a value of a module where it is written, if it is. */
  private static ConfigValue placed(ConfigValue value, Yaml.Fields written) {
    String[] parts = value.key().split("\\.", -1);
    Yaml at = written;
    Optional<Origin> origin = Optional.empty();
    for (String part : Arrays.asList(parts).subList(2, parts.length)) {
      Yaml.Field field = at instanceof Yaml.Fields map ? map.fields().get(part) : null;
      if (field == null) {
        return value;
      }
      at = field.value();
      origin = Optional.of(field.key());
    }
    return new ConfigValue(value.key(), value.value(), origin);
  }

  /** Returns where what the pointer names is written, or else what it would be in. */
  private static Origin origin(Yaml root, String pointer) {
    Yaml at = root;
    for (String part : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String name = part.replace("~1", "/").replace("~0", "~");
      if (at instanceof Yaml.Fields fields && fields.fields().containsKey(name)) {
        at = fields.fields().get(name).value();
      } else if (at instanceof Yaml.Items items && name.matches("[0-9]{1,6}")) {
        at = items.items().get(Integer.parseInt(name));
      } else {
        return at.origin();
      }
    }
    return at.origin();
  }
}
