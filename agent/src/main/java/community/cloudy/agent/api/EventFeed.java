package community.cloudy.agent.api;

import community.cloudy.agent.events.EventId;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The event log as one client follows it, from a place on. */
final class EventFeed implements StreamSource {
  private static final int ENOUGH_CHARACTERS = 16 * 1024;

  private final EventLog log;
  private final Set<EventType> types;
  private EventId place;
  private boolean begun;

  EventFeed(EventLog log, EventId place, Set<EventType> types) {
    this.log = log;
    this.place = place;
    this.types = types;
  }

  @Override
  public byte[] next() {
    StringBuilder text = new StringBuilder();
    if (!begun) {
      begun = true;
      // A client that loses the stream before an event comes returns to where it was.
      text.append("retry: 2000\n").append(id(place)).append('\n');
    }
    boolean more = true;
    while (more && text.length() < ENOUGH_CHARACTERS) {
      EventLog.Batch batch = log.after(place, types, 1);
      if (batch.gap()) {
        String gap = Json.object().put("type", "gap").put("after", place.toString()).toString();
        text.append(id(batch.from())).append(EventStream.event("gap", gap));
      }
      batch
          .events()
          .forEach(
              event ->
                  text.append(id(event.id()))
                      .append(EventStream.event(event.type().text(), event.json())));
      place = batch.next();
      more = !batch.events().isEmpty();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Also tells the place, which moves on where the client does not want the events. */
  @Override
  public byte[] heartbeat() {
    return (":\n" + id(place) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean ended() {
    return false;
  }

  private static String id(EventId id) {
    return "id: " + id + "\n";
  }
}
