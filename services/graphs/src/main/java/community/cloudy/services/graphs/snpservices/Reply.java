package community.cloudy.services.graphs.snpservices;

import java.nio.charset.StandardCharsets;

/** An answer to a request. */
final class Reply {
  private final int status;
  private final String type;
  private final byte[] content;

  private Reply(int status, String type, byte[] content) {
    this.status = status;
    this.type = type;
    this.content = content;
  }

  /** Answers with a text, as PHP labelled it. */
  static Reply text(String text) {
    return text(200, text);
  }

  static Reply text(int status, String text) {
    return new Reply(status, "text/plain;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply of(String type, byte[] content) {
    return new Reply(200, type, content);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  /** Returns what is answered, not a copy. */
  byte[] content() {
    return content;
  }
}
