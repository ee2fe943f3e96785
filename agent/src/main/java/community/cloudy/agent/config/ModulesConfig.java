package community.cloudy.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.plugins.Plugins;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceModule;
import community.cloudy.services.spi.settings.Setting;
import community.cloudy.services.spi.settings.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The service modules of this node.
 *
 * @param plugins those there are
 * @param settings how those that the configuration names are set
 */
public record ModulesConfig(Plugins plugins, SortedMap<String, ModuleConfig> settings) {
  /** The keys that every module has beside its own. */
  static final Set<String> SHARED = Set.of("enabled", "run", "announce");

  /** Copies the map. */
  public ModulesConfig {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * How one module is set.
   *
   * @param enabled whether it is to manage its service
   * @param run how that runs
   * @param announce whether the community is told of it
   * @param settings the module's own
   */
  public record ModuleConfig(boolean enabled, RunMode run, boolean announce, Record settings) {
    /** Returns a module's section of the configuration, in full. */
    public ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("enabled", enabled).put("run", run.name().toLowerCase(Locale.ROOT));
      json.put("announce", announce);
      json.setAll(Settings.json(settings));
      return json;
    }

    /** Returns the single values of the section of the module {@code id}. */
    public List<ConfigValue> values(String id) {
      List<ConfigValue> values = new ArrayList<>();
      flatten("services." + id, json(), values);
      return values;
    }

    private static void flatten(String key, JsonNode json, List<ConfigValue> values) {
      if (json.isObject()) {
        json.properties()
            .forEach(entry -> flatten(key + "." + entry.getKey(), entry.getValue(), values));
      } else {
        values.add(ConfigValue.fallback(key, text(json)));
      }
    }

    private static String text(JsonNode json) {
      if (json.isArray()) {
        return json.valueStream().map(ModuleConfig::text).collect(Collectors.joining(", "));
      }
      return json.isNull() ? "" : json.isValueNode() ? json.asText() : json.toString();
    }
  }

  /** The settings that every module has. */
  record Shared(
      @Setting(
              value = "Manages the service",
              ca = "Gestiona el servei",
              es = "Gestiona el servicio",
              fallback = "false")
          boolean enabled,
      @Setting(value = "How it runs", ca = "Com s'executa", es = "Cómo se ejecuta")
          Optional<RunMode> run,
      @Setting(
              value = "Tells the community of it",
              ca = "L'anuncia a la comunitat",
              es = "Lo anuncia a la comunidad",
              fallback = "true")
          boolean announce) {}

  /**
   * Reads the section of one module.
   *
   * @throws community.cloudy.services.spi.settings.SettingsException with all that is wrong
   */
  public static ModuleConfig read(ServiceModule<?, ?> module, ObjectNode section) {
    ObjectNode shared = section.deepCopy().retain(SHARED);
    ObjectNode own = section.deepCopy().remove(SHARED);
    Shared host = Settings.bind(Shared.class, shared);
    List<RunMode> modes = module.descriptor().modes().stream().sorted().toList();
    RunMode run = host.run().orElse(modes.get(0));
    if (!modes.contains(run)) {
      throw Settings.refused("/run", "must be one of " + words(modes));
    }
    return new ModuleConfig(
        host.enabled(), run, host.announce(), Settings.bind(module.settings(), own));
  }

  /** Returns the schema of a module's section. */
  public static JsonNode schema(ServiceModule<?, ?> module) {
    ObjectNode schema = Settings.schema(module.settings());
    ObjectNode properties = (ObjectNode) Settings.schema(Shared.class).path("properties");
    properties.setAll((ObjectNode) schema.path("properties"));
    schema.set("properties", properties);
    return schema;
  }

  private static String words(List<RunMode> modes) {
    return String.join(
        ", ", modes.stream().map(mode -> mode.name().toLowerCase(Locale.ROOT)).toList());
  }
}
