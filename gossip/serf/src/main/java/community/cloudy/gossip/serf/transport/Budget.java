package community.cloudy.gossip.serf.transport;

import java.io.IOException;

/** Bytes that may be held at once; owned by the event loop. */
final class Budget {
  private long free;

  Budget(long bytes) {
    free = bytes;
  }

  /** Takes {@code bytes}, or none and fails. */
  void take(long bytes) throws IOException {
    if (bytes > free) {
      throw new IOException("too many bytes are buffered already");
    }
    free -= bytes;
  }

  void give(long bytes) {
    free += bytes;
  }
}
