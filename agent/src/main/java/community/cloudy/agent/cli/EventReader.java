package community.cloudy.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events (WHATWG HTML, section 9.2.6), each of at most a MiB. */
final class EventReader {
  private static final int MAX_CHARACTERS = 1 << 20;

  private final Reader in;
  private String id;

  /**
   * Reads from {@code in}.
   *
   * @param id the last one that was told
   */
  EventReader(InputStream in, String id) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.id = id;
  }

  /** Waits for the next event; there is none when the stream has ended. */
  Optional<ServerEvent> next() throws IOException {
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (text.isEmpty()) {
        return Optional.of(new ServerEvent(id, type, data.toString()));
      }
      int colon = text.indexOf(':');
      String value = colon < 0 ? "" : text.substring(colon + 1).replaceFirst("^ ", "");
      switch (colon < 0 ? text : text.substring(0, colon)) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> data.append(data.length() == 0 ? "" : "\n").append(value);
        default -> {}
      }
      checkLength(data);
    }
    return Optional.empty();
  }

  private Optional<String> line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      if (c != '\r') {
        line.append((char) c);
      }
      checkLength(line);
    }
    return Optional.empty();
  }

  private static void checkLength(StringBuilder text) throws IOException {
    if (text.length() > MAX_CHARACTERS) {
      throw new IOException("its answer is too large");
    }
  }
}
