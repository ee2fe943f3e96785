package community.cloudy.gossip.serf.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Writes one message to a connection, as fast as the peer takes it. */
final class MessageWriter {
  private final StreamResources shared;
  private final byte[] data;
  private int offset;

  /** Takes {@code data} over; {@link #release} must follow if this returns. */
  MessageWriter(StreamResources shared, byte[] data) throws IOException {
    shared.budget().take(data.length);
    this.shared = shared;
    this.data = data;
  }

  /** Writes what fits and tells whether everything is written. */
  boolean write(SocketChannel channel) throws IOException {
    while (offset < data.length) {
      ByteBuffer chunk = shared.chunk().clear();
      int size = Math.min(chunk.capacity(), data.length - offset);
      int count = channel.write(chunk.put(data, offset, size).flip());
      shared.metrics().add(Metrics.Count.STREAM_BYTES_OUT, count);
      offset += count;
      if (count < size) {
        return false;
      }
    }
    return true;
  }

  void release() {
    shared.budget().give(data.length);
  }
}
