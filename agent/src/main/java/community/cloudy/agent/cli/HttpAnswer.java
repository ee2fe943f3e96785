package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.agent.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP/1.1 answer (RFC 9112) on a connection that carries no other.
 *
 * @param status its code
 * @param json what it carries, or an object that says what it is if that is not JSON
 */
record HttpAnswer(int status, JsonNode json) {
  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 64;

  /** Reads one, of at most {@code maxBody} bytes. */
  static HttpAnswer read(ReadableByteChannel channel, int maxBody) throws IOException {
    InputStream in = new java.io.BufferedInputStream(Channels.newInputStream(channel), 16 * 1024);
    String status = line(in);
    if (!status.matches("HTTP/1\\.1 [0-9]{3}( .*)?")) {
      throw new IOException("it does not speak HTTP");
    }
    Map<String, String> headers = headers(in);
    byte[] body =
        headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")
            ? chunks(in, maxBody)
            : plain(in, headers.get("content-length"), maxBody);
    int code = Integer.parseInt(status.substring(9, 12));
    return new HttpAnswer(code, json(code, body));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() >= MAX_HEADERS) {
        throw new IOException("it does not speak HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] plain(
      InputStream in, @org.jspecify.annotations.Nullable String length, int maxBody)
      throws IOException {
    if (length == null) {
      byte[] body = in.readNBytes(maxBody + 1);
      return checked(body, body.length, maxBody);
    }
    return exactly(in, size(length, 10, maxBody));
  }

  private static byte[] chunks(InputStream in, int maxBody) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = size(line(in).replaceFirst(";.*", "").strip(), 16, maxBody);
      if (size == 0) {
        return body.toByteArray();
      }
      body.writeBytes(exactly(in, size));
      checked(new byte[0], body.size(), maxBody);
      if (!line(in).isEmpty()) {
        throw new IOException("its answer is damaged");
      }
    }
  }

  private static int size(String digits, int radix, int maxBody) throws IOException {
    try {
      int size = Integer.parseInt(digits, radix);
      checked(new byte[0], size, maxBody);
      return size;
    } catch (NumberFormatException e) {
      throw new IOException("its answer is damaged", e);
    }
  }

  private static byte[] checked(byte[] body, int size, int maxBody) throws IOException {
    if (size < 0 || size > maxBody) {
      throw new IOException("its answer is too large");
    }
    return body;
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("its answer was cut short");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("its answer was cut short");
      }
      if (line.length() >= MAX_LINE) {
        throw new IOException("it does not speak HTTP");
      }
      line.append((char) c);
    }
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
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
