package community.cloudy.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an HTTP/1.1 answer (RFC 9112) on a connection that carries no other.
 *
 * @param status its code
 * @param headers by name in lower case
 */
record HttpHead(int status, Map<String, String> headers) {
  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 64;

  HttpHead {
    headers = Map.copyOf(headers);
  }

  static HttpHead read(InputStream in) throws IOException {
    String status = line(in);
    if (!status.matches("HTTP/1\\.1 [0-9]{3}( .*)?")) {
      throw new IOException("it does not speak HTTP");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() >= MAX_HEADERS) {
        throw new IOException("it does not speak HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new HttpHead(Integer.parseInt(status.substring(9, 12)), headers);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Returns what follows the head on {@code in}, without the wrapping. */
  InputStream content(InputStream in) throws IOException {
    if (header("transfer-encoding").equalsIgnoreCase("chunked")) {
      return HttpContent.chunked(in);
    }
    String length = header("content-length");
    return length.isEmpty() ? in : HttpContent.ofLength(in, number(length, 10));
  }

  /** Reads a line of at most 8 KiB. */
  static String line(InputStream in) throws IOException {
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

  /** Reads a length. */
  static int number(String digits, int radix) throws IOException {
    try {
      int number = Integer.parseInt(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("its answer is damaged", e);
    }
    throw new IOException("its answer is damaged");
  }
}
