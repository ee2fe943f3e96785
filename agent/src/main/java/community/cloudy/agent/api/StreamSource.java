package community.cloudy.agent.api;

import java.nio.charset.StandardCharsets;

/** What one client of a stream is sent. The server asks, whenever the client has taken the last. */
interface StreamSource {
  /** Returns the bytes to send next; none if there is nothing now. Called by one thread a time. */
  byte[] next();

  /** Returns the bytes that show an idle stream to be alive: a comment. */
  default byte[] heartbeat() {
    return ":\n\n".getBytes(StandardCharsets.UTF_8);
  }

  /** Tells whether the stream ends once {@link #next} has nothing. */
  boolean ended();

  /** Frees what it takes from, since nothing more will be sent. Called once. */
  default void over() {}
}
