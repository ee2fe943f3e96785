package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An event of a stream.
 *
 * @param id the last id that the stream has told; empty if none yet
 * @param type what the event is about
 * @param data empty if there was none: then this is only a sign of life, and of the id
 */
record ServerEvent(String id, String type, String data) {
  /** Returns the data; empty if this is only a sign of life. */
  Optional<JsonNode> json() {
    return data.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.read(data.getBytes(StandardCharsets.UTF_8)));
  }
}
