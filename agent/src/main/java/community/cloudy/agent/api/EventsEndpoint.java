package community.cloudy.agent.api;

import community.cloudy.agent.community.Community;
import community.cloudy.agent.events.Event;
import community.cloudy.agent.events.EventId;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Tells what happens, as it happens or afterwards, and sends user events. */
final class EventsEndpoint {
  static final Set<String> PARAMETERS = Set.of("after", "type", "limit", "wait");

  /** Before everything, in no run of any agent. */
  private static final EventId NOWHERE = new EventId("00000000", 0);

  private final Community community;
  private final EventLog log;
  private final Waiting waiting;

  EventsEndpoint(Node node, Waiting waiting) {
    community = node.community();
    log = node.events();
    this.waiting = waiting;
  }

  CompletableFuture<? extends Answer> get(Call call) {
    Query query = call.query();
    Set<EventType> types = Set.copyOf(query.all("type", EventType::parse));
    Optional<EventId> after = query.one("after", EventId::parse);
    int limit = query.one("limit", Query.number(1, EventLog.KEPT)).orElse(EventLog.KEPT);
    Duration wait = query.one("wait", Query::time).orElse(Duration.ZERO);
    if (call.wantsStream()) {
      EventId place =
          call.lastEventId().map(EventsEndpoint::heard).or(() -> after).orElse(log.last());
      return CompletableFuture.completedFuture(
          waiting.streams().admit(new EventFeed(log, place, types)));
    }
    EventId place = after.orElse(log.first());
    return waiting
        .events()
        .until(
            () -> log.after(place, types, limit),
            batch -> batch.gap() || !batch.events().isEmpty(),
            batch -> batch,
            wait)
        .thenApply(EventsEndpoint::render);
  }

  /** A browser sends what it was sent, however long ago, and gives up if it is refused. */
  private static EventId heard(String id) {
    try {
      return EventId.parse(id);
    } catch (IllegalArgumentException e) {
      return NOWHERE;
    }
  }

  private static Reply render(EventLog.Batch batch) {
    String events = batch.events().stream().map(Event::json).collect(Collectors.joining(","));
    String json =
        "{\"gap\":%s,\"next\":\"%s\",\"events\":[%s]}".formatted(batch.gap(), batch.next(), events);
    return new Reply(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  CompletableFuture<Reply> send(Call call) {
    String name = call.body().text("name");
    Bytes payload = call.body().payload();
    boolean coalesce = call.body().flag("coalesce");
    call.body().end();
    return community
        .event(name, payload, coalesce)
        .thenApply(sent -> Reply.json(Json.object().put("name", name)));
  }
}
