package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.auth.AuditEntry;
import community.cloudy.auth.AuditLog;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Tells what people did. */
final class AuditEndpoint {
  static final Set<String> PARAMETERS = Set.of("who", "action", "since", "limit");
  private static final int LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final AuditLog log;
  private final Blocking blocking;

  AuditEndpoint(AuditLog log, Blocking blocking) {
    this.log = log;
    this.blocking = blocking;
  }

  CompletableFuture<Reply> answer(Call call) {
    Query query = call.query();
    int limit = query.one("limit", Query.number(1, MAX_LIMIT)).orElse(LIMIT);
    Optional<String> who = query.one("who", Function.identity());
    Optional<String> action = query.one("action", Function.identity());
    Optional<Instant> since = query.one("since", AuditEndpoint::time);
    return blocking.run(() -> json(log.read(limit, new AuditLog.Filter(who, action, since))));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("must be a time such as 2026-11-24T10:15:00Z", e);
    }
  }

  private static Reply json(List<AuditEntry> entries) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("entries");
    for (AuditEntry entry : entries) {
      list.addObject()
          .put("time", entry.time().toString())
          .put("who", entry.who())
          .put("how", entry.how().replace('_', '-'))
          .put("from", entry.from())
          .put("action", entry.action())
          .put("object", entry.object())
          .put("outcome", entry.outcome().name().toLowerCase(Locale.ROOT))
          .put("detail", entry.detail());
    }
    return Reply.json(json);
  }
}
