package community.cloudy.agent.backup;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a backup of a node is of: its first entry.
 *
 * @param node the node's name
 * @param made when
 * @param version the software's
 * @param config where the main configuration file was
 * @param state where the state folder was
 */
public record Saved(String node, Instant made, String version, Path config, Path state) {
  static final String ENTRY = "cloudy-node.json";
  static final String CONFIG = "config";
  static final String STATE = "state";
  static final int MAX = 16 * 1024;
  private static final int FORMAT = 1;

  byte[] write() {
    return Json.pretty(
        Json.object()
            .put("format", FORMAT)
            .put("node", node)
            .put("made", made.toString())
            .put("version", version)
            .put("config", config.toString())
            .put("state", state.toString()));
  }

  static Saved read(byte[] json) throws IOException {
    JsonNode root = parsed(json);
    if (root.path("format").asInt() != FORMAT) {
      throw new IOException("its format is not known here: a newer Cloudy made it");
    }
    try {
      return new Saved(
          root.path("node").asText(),
          Instant.parse(root.path("made").asText()),
          root.path("version").asText(),
          Path.of(root.path("config").asText()),
          Path.of(root.path("state").asText()));
    } catch (DateTimeException | InvalidPathException e) {
      throw damaged(e);
    }
  }

  private static JsonNode parsed(byte[] json) throws IOException {
    try {
      return Json.read(json);
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static IOException damaged(RuntimeException e) {
    return new IOException("its first entry is damaged", e);
  }
}
