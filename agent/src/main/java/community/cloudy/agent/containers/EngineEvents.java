package community.cloudy.agent.containers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.engine.EngineEvent;
import community.cloudy.containers.engine.EngineListener;
import community.cloudy.containers.engine.EngineStatus;
import java.util.Set;

/**
 * Tells those who follow the node's events what becomes of containers; not what happens in them,
 * such as their checks of health every few seconds.
 */
public record EngineEvents(EventLog log) implements EngineListener {
  private static final Set<String> TOLD =
      Set.of("create", "start", "die", "destroy", "rename", "pause", "unpause", "health_status");

  @Override
  public void event(EngineEvent event) {
    String action = event.action().split(":", 2)[0];
    if (event.kind().equals("container") && TOLD.contains(action)) {
      log.publish(
          EventType.CONTAINER,
          Json.object()
              .put("id", event.id())
              .put("name", event.attributes().getOrDefault("name", ""))
              .put("action", event.action()));
    }
  }

  @Override
  public void status(EngineStatus status) {
    ObjectNode data = Json.object();
    if (status instanceof EngineStatus.Unknown unknown) {
      data.put("state", "unknown").put("reason", unknown.reason());
    } else {
      data.put("state", "ok");
    }
    log.publish(EventType.ENGINE, data);
  }
}
