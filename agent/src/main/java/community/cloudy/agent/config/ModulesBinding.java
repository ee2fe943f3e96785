package community.cloudy.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.agent.plugins.Plugins;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.settings.Settings;
import community.cloudy.services.spi.settings.SettingsException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Binds the section {@code services}: a key a module, whose own keys the module's record names. */
final class ModulesBinding {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> HOST_KEYS = Set.of("enabled", "run", "announce");

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
                module(services.section(id), module, problems)
                    .ifPresent(config -> settings.put(id, config));
              }
            });
    services.end();
    return new ModulesConfig(plugins, settings);
  }

  private static Optional<ModuleConfig> module(
      Section section, ServiceModule<?, ?> module, Problems problems) {
    boolean enabled = section.flag("enabled", false);
    RunMode run = section.value("run", usual(module), text -> mode(module, text));
    boolean announce = section.flag("announce", true);
    Map<String, Yaml.Field> own = new LinkedHashMap<>(section.all().fields());
    own.keySet().removeAll(HOST_KEYS);
    Yaml.Fields written = new Yaml.Fields(section.all().origin(), own);
    try {
      Record settings = Settings.bind(module.settings(), json(written));
      return Optional.of(new ModuleConfig(enabled, run, announce, settings));
    } catch (SettingsException e) {
      String id = module.descriptor().id();
      for (SettingsException.Problem problem : e.problems()) {
        String key = ("services." + id + "." + problem.key()).replaceFirst("\\.$", "");
        problems.add(origin(written, problem.pointer()), key + " " + problem.message() + ".");
      }
      return Optional.empty();
    }
  }

  /** Returns how a module runs unless somebody says otherwise. */
  static RunMode usual(ServiceModule<?, ?> module) {
    return module.descriptor().modes().stream().sorted().findFirst().orElseThrow();
  }

  private static RunMode mode(ServiceModule<?, ?> module, String text) {
    Set<RunMode> modes = module.descriptor().modes();
    return modes.stream()
        .filter(mode -> word(mode).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    modes.stream()
                        .sorted()
                        .map(ModulesBinding::word)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }

  private static String word(RunMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
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
