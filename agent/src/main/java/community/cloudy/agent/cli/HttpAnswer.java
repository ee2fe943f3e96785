package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A whole HTTP answer.
 *
 * @param status its code
 * @param json what it carries, or an object that says what it is if that is not JSON
 */
record HttpAnswer(int status, JsonNode json) {
  /** Reads one, of at most {@code maxBody} bytes. */
  static HttpAnswer read(InputStream in, int maxBody) throws IOException {
    HttpHead head = HttpHead.read(in);
    return read(head, head.content(in), maxBody);
  }

  /** Reads the rest of one. */
  static HttpAnswer read(HttpHead head, InputStream content, int maxBody) throws IOException {
    byte[] body = content.readNBytes(maxBody + 1);
    if (body.length > maxBody) {
      throw new IOException("its answer is too large");
    }
    return new HttpAnswer(head.status(), json(head.status(), body));
  }

  private static JsonNode json(int status, byte[] body) {
    try {
      return Json.read(body);
    } catch (IllegalArgumentException e) {
      return Json.object()
          .put("detail", "HTTP " + status + ": " + new String(body, StandardCharsets.UTF_8));
    }
  }
}
