package community.cloudy.agent.modules;

import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import java.util.Locale;

/** Tells those who follow the node's events how modules come to be, and when to look again. */
public record ModuleEvents(EventLog log) {
  /** Tells that a module is in another phase or health. */
  void became(ModuleState state) {
    log.publish(
        EventType.MODULE,
        Json.object()
            .put("name", state.descriptor().id())
            .put("phase", state.phase().name().toLowerCase(Locale.ROOT))
            .put("health", state.status().health().state().name().toLowerCase(Locale.ROOT))
            .put("evidence", state.status().health().evidence()));
  }

  /** Tells that what a module's resources answer has changed. */
  void changed(String id) {
    log.publishNewest(EventType.RESOURCE, id, Json.object().put("name", id));
  }
}
