package community.cloudy.services.squid.figures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One request to this node's proxy and what comes back of it.
 *
 * @param status of the answer
 * @param head the answer's head, in Latin-1
 * @param body the beginning of the body, in Latin-1
 */
record Exchange(int status, String head, String body) {
  private static final int MAX = 1 << 20;
  private static final int STATUS_LINE = "HTTP/1.1 200".length();

  /** Sends a request whose connection is closed afterwards, and reads at most a mebibyte. */
  static Exchange with(int port, String request, Duration patience) throws IOException {
    return with(port, request, patience, MAX);
  }

  /** Sends a request and reads the first line of the answer only. */
  static Exchange headWith(int port, String request, Duration patience) throws IOException {
    return with(port, request, patience, STATUS_LINE);
  }

  private static Exchange with(int port, String request, Duration patience, int most)
      throws IOException {
    try (Socket socket = new Socket()) {
      int millis = Math.toIntExact(patience.toMillis());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return of(new String(socket.getInputStream().readNBytes(most), StandardCharsets.ISO_8859_1));
    }
  }

  private static Exchange of(String answer) throws IOException {
    int end = answer.indexOf("\r\n\r\n");
    if (!answer.startsWith("HTTP/1.") || answer.length() < 12) {
      throw new IOException("what answers is no proxy");
    }
    try {
      int status = Integer.parseInt(answer.substring(9, 12));
      return end < 0
          ? new Exchange(status, answer, "")
          : new Exchange(status, answer.substring(0, end), answer.substring(end + 4));
    } catch (NumberFormatException e) {
      throw new IOException("what answers is no proxy", e);
    }
  }

  /** Returns the first value of a header, or nothing. */
  String header(String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
