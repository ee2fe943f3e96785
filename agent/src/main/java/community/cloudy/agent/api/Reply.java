package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a route answers.
 *
 * @param status HTTP's
 * @param contentType of the body
 * @param body may be empty
 * @param headers beside those every answer has
 * @param after run once the answer has been sent
 */
record Reply(
    int status,
    String contentType,
    Bytes body,
    Map<String, String> headers,
    Optional<Runnable> after)
    implements Answer {
  Reply {
    headers = Map.copyOf(headers);
  }

  Reply(int status, String contentType, byte[] body) {
    this(status, contentType, Bytes.wrap(body), Map.of(), Optional.empty());
  }

  static Reply json(JsonNode node) {
    return new Reply(200, "application/json", Json.write(node));
  }

  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, body, more, after);
  }

  Reply then(Runnable action) {
    return new Reply(status, contentType, body, headers, Optional.of(action));
  }

  /** Returns the answer to who asks for the same again; nothing is done after it. */
  Reply repeated() {
    return new Reply(status, contentType, body, headers, Optional.empty())
        .with("Idempotency-Replayed", "true");
  }

  /** Returns the answer to somebody who already has this one. */
  Reply notModified() {
    return new Reply(304, contentType, Bytes.EMPTY, headers, Optional.empty());
  }

  Optional<String> etag() {
    return Optional.ofNullable(headers.get("ETag"));
  }
}
