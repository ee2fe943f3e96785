package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.config.ConfigValue;
import community.cloudy.agent.config.Origin;
import community.cloudy.agent.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what is configured, where that is written, and whether the agent runs with it. */
final class ConfigEndpoint {
  private final Node node;
  private final Blocking blocking;
  private final List<ConfigValue> atStart;

  ConfigEndpoint(Node node, Blocking blocking) {
    this.node = node;
    this.blocking = blocking;
    atStart = node.dropIns().values();
  }

  CompletableFuture<Reply> get(Call call) {
    return blocking.run(() -> Reply.json(read()));
  }

  private ObjectNode read() {
    Map<String, String> inUse = inUse();
    ObjectNode json = Json.object();
    ArrayNode values = json.putArray("values");
    for (ConfigValue value : node.dropIns().values()) {
      ObjectNode one = values.addObject().put("key", value.key()).put("value", value.value());
      one.put("source", value.origin().map(this::source).orElse("default"));
      value.origin().ifPresent(origin -> one.put("place", place(origin)));
      // The log follows whenever the files are read again.
      boolean follows = value.key().startsWith("log.");
      one.put("in_use", follows || value.value().equals(inUse.get(value.key())));
    }
    return json;
  }

  /** Modules may be set otherwise while the agent runs; all else is as it was at the start. */
  private Map<String, String> inUse() {
    Stream<ConfigValue> fixed =
        atStart.stream().filter(value -> !value.key().startsWith("services."));
    Stream<ConfigValue> modules =
        node.modules().states().stream()
            .flatMap(
                state ->
                    state.config().stream()
                        .flatMap(config -> config.values(state.descriptor().id()).stream()));
    return Stream.concat(fixed, modules)
        .collect(Collectors.toMap(ConfigValue::key, ConfigValue::value, (one, other) -> other));
  }

  private String source(Origin origin) {
    if (origin.source().startsWith("--set ")) {
      return "option";
    }
    return node.dropIns().isOwn(origin) ? "api" : "file";
  }

  private static String place(Origin origin) {
    return origin.line() == 0 ? origin.source() : origin.source() + ":" + origin.line();
  }
}
