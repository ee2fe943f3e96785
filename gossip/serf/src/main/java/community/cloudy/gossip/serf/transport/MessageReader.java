package community.cloudy.gossip.serf.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/** Collects one message from a connection, within the limits. */
final class MessageReader {
  private static final int FIRST_BYTES = 1024;

  private final StreamResources shared;
  private final Framer framer;
  private byte[] data = {};
  private int length;

  MessageReader(StreamResources shared) {
    this.shared = shared;
    this.framer = shared.framers().get();
  }

  /**
   * Reads one chunk.
   *
   * @return the message, once it is whole
   * @throws IOException if it cannot become whole or breaks a limit
   */
  Optional<byte[]> read(SocketChannel channel) throws IOException {
    ByteBuffer chunk = shared.chunk().clear();
    int count = channel.read(chunk);
    if (count < 0) {
      throw new EOFException("peer closed the stream after " + length + " bytes");
    }
    shared.metrics().add(Metrics.Count.STREAM_BYTES_IN, count);
    reserve(count);
    chunk.flip().get(data, length, count);
    length += count;
    int end = count == 0 ? -1 : framer.end(data, length);
    return end < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(data, end));
  }

  /** Gives the buffer back. */
  void release() {
    shared.budget().give(data.length);
    data = new byte[0];
    length = 0;
  }

  private void reserve(int more) throws IOException {
    int needed = length + more;
    int most = shared.limits().messageBytes();
    if (needed > most) {
      throw new IOException("message is longer than " + most + " bytes");
    }
    if (needed > data.length) {
      // Twice an int below 1 GiB fits; above, the limit is what is left.
      long doubled = Math.max(FIRST_BYTES, 2L * data.length);
      int size = (int) Math.min(most, Math.max(needed, doubled));
      shared.budget().take(size - data.length);
      data = Arrays.copyOf(data, size);
    }
  }
}
