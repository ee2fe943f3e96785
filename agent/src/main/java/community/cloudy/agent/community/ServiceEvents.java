package community.cloudy.agent.community;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.DiscoveryEvent;
import community.cloudy.gossip.discovery.DiscoveryListener;
import java.util.Locale;

/** Logs what discovery learns, and says that the list of services has changed. */
final class ServiceEvents implements DiscoveryListener {
  private final EventLog log;
  private final Changes changes;

  ServiceEvents(EventLog log, Changes changes) {
    this.log = log;
    this.changes = changes;
  }

  @Override
  public void onEvent(DiscoveryEvent event) {
    // First: who hears of the event finds the list changed.
    changes.signal();
    if (event instanceof DiscoveryEvent.Announced announced) {
      boolean isNew = announced.before().isEmpty();
      log.publish(
          isNew ? EventType.SERVICE_ANNOUNCE : EventType.SERVICE_CHANGE,
          service(announced.announcement()));
    } else if (event instanceof DiscoveryEvent.Gone gone) {
      log.publish(EventType.SERVICE_WITHDRAW, service(gone.announcement()));
    } else if (event instanceof DiscoveryEvent.KeyAlarm alarm) {
      log.publish(
          EventType.KEY_ALARM,
          Json.object()
              .put("node", alarm.node())
              .put("pinned", alarm.pinned().fingerprint())
              .put("claimed", alarm.claimed().fingerprint())
              .put("accepted", alarm.taken()));
    }
  }

  private static ObjectNode service(Announcement said) {
    ObjectNode json = Json.object().put("node", said.node()).put("service", said.id());
    said.offer()
        .ifPresent(
            offer ->
                json.put("type", offer.type())
                    .put("name", offer.name())
                    .put("health", offer.health().state().name().toLowerCase(Locale.ROOT))
                    .put("evidence", offer.health().evidence()));
    return json;
  }
}
