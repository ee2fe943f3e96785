package community.cloudy.agent.modules;

import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells those who follow the node's events how modules come to be. */
public record ModuleEvents(EventLog log) implements Consumer<ModuleState> {
  @Override
  public void accept(ModuleState state) {
    log.publish(
        EventType.MODULE,
        Json.object()
            .put("name", state.descriptor().id())
            .put("phase", state.phase().name().toLowerCase(Locale.ROOT))
            .put("health", state.status().health().state().name().toLowerCase(Locale.ROOT))
            .put("evidence", state.status().health().evidence()));
  }
}
