package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.modules.ModuleState;
import community.cloudy.agent.text.Printable;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.services.spi.Descriptor;
import community.cloudy.services.spi.Status;
import java.util.Locale;
import java.util.Map;

/** Modules as the API tells of them. */
final class ModuleJson {
  private ModuleJson() {}

  static ObjectNode of(ModuleState state) {
    Descriptor descriptor = state.descriptor();
    Status status = state.status();
    ObjectNode json = Json.object().put("id", descriptor.id());
    texts(json.putObject("title"), descriptor.titles());
    texts(json.putObject("summary"), descriptor.summaries());
    ArrayNode modes = json.putArray("modes");
    descriptor.modes().stream().sorted().forEach(mode -> modes.add(word(mode)));
    json.put("enabled", state.config().map(ModuleConfig::enabled).orElse(false));
    state.config().ifPresent(config -> json.put("run", word(config.run())));
    json.put("phase", word(state.phase()));
    json.put("health", word(status.health().state()));
    json.put("evidence", status.health().evidence());
    json.put("since", state.since().toString());
    ArrayNode endpoints = json.putArray("endpoints");
    status.endpoints().forEach(endpoint -> endpoints.add(endpoint.toString()));
    ArrayNode services = json.putArray("services");
    status.services().stream().map(ServiceSpec::id).forEach(services::add);
    ObjectNode facts = json.putObject("facts");
    status.facts().forEach((name, fact) -> facts.put(name, Printable.of(fact)));
    ObjectNode metrics = json.putObject("metrics");
    status.metrics().forEach(metrics::put);
    return json;
  }

  private static void texts(ObjectNode json, Map<String, String> texts) {
    texts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(text -> json.put(text.getKey(), text.getValue()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
