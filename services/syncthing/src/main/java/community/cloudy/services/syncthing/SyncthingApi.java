package community.cloudy.services.syncthing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Syncthing's REST API. Answers are bounded; safe for many threads.
 *
 * @see <a href="https://docs.syncthing.net/dev/rest.html">REST API</a>
 */
final class SyncthingApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 16 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration USUAL = Duration.ofSeconds(20);
  private static final int NOT_FOUND = 404;

  private final String address;
  private final Supplier<String> key;

  /** Makes a client of what answers at {@code address}; the key is asked for at each call. */
  SyncthingApi(String address, Supplier<String> key) {
    this.address = address;
    this.key = key;
  }

  /** Returns a part of a path. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) {
    return asked("GET", path, MissingNode.getInstance(), USUAL);
  }

  JsonNode get(String path, Duration patience) {
    return asked("GET", path, MissingNode.getInstance(), patience);
  }

  void put(String path, JsonNode body) {
    asked("PUT", path, body, USUAL);
  }

  void post(String path) {
    asked("POST", path, MissingNode.getInstance(), USUAL);
  }

  void post(String path, JsonNode body) {
    asked("POST", path, body, USUAL);
  }

  void delete(String path) {
    asked("DELETE", path, MissingNode.getInstance(), USUAL);
  }

  /** Returns a copy of an object to change. */
  ObjectNode object(String path) {
    JsonNode found = get(path);
    if (found instanceof ObjectNode object) {
      return object;
    }
    throw new ServiceException(Code.FAILED, "Syncthing answered " + path + " with no object.");
  }

  private JsonNode asked(String method, String path, JsonNode body, Duration patience) {
    try {
      return call(method, path, body, patience);
    } catch (IOException e) {
      throw new ServiceException(
          Code.UNAVAILABLE, "Could not ask Syncthing: " + e.getMessage() + ". Is it running?", e);
    }
  }

  /** Asks, and says by {@link IOException} that nobody answers. */
  JsonNode call(String method, String path, JsonNode body, Duration patience) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(address + path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    connection.setRequestMethod(method);
    connection.setRequestProperty("X-API-Key", key.get());
    try {
      if (!body.isMissingNode()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(JSON.writeValueAsBytes(body));
      }
      int status = connection.getResponseCode();
      if (status >= HttpURLConnection.HTTP_BAD_REQUEST) {
        throw refused(method, path, status, connection.getErrorStream());
      }
      byte[] answer = bounded(connection.getInputStream());
      return answer.length == 0 ? MissingNode.getInstance() : JSON.readTree(answer);
    } finally {
      connection.disconnect();
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST + 1);
    if (bytes.length > MOST) {
      throw new IOException("it answered with more than " + MOST + " bytes");
    }
    return bytes;
  }

  private static ServiceException refused(
      String method, String path, int status, @Nullable InputStream in) throws IOException {
    String said = in == null ? "" : new String(in.readNBytes(500), StandardCharsets.UTF_8).strip();
    return new ServiceException(
        status == NOT_FOUND ? Code.NOT_FOUND : Code.FAILED,
        "Syncthing refused %s %s: %d %s"
            .formatted(method, path, status, said.replaceAll("[\\p{Cntrl}]+", " ")));
  }
}
