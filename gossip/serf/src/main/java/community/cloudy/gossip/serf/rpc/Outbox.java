package community.cloudy.gossip.serf.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a client is still to be sent. */
final class Outbox {
  private final Deque<Frame> frames = new ArrayDeque<>();
  private int offset;
  private long bytes;

  private static final class Frame {
    final byte[] data;
    final Runnable sent;

    Frame(byte[] data, Runnable sent) {
      this.data = data;
      this.sent = sent;
    }
  }

  /** Adds {@code data}; {@code sent} runs once the system has taken all of it. */
  void add(byte[] data, Runnable sent) {
    frames.add(new Frame(data, sent));
    bytes += data.length;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Returns how many bytes wait. */
  long bytes() {
    return bytes;
  }

  /** Writes what the channel takes, many frames at a time, by way of {@code chunk}. */
  void write(WritableByteChannel channel, ByteBuffer chunk) throws IOException {
    while (!frames.isEmpty()) {
      fill(chunk.clear());
      int size = chunk.flip().remaining();
      int count = channel.write(chunk);
      sent(count);
      if (count < size) {
        return;
      }
    }
  }

  private void fill(ByteBuffer chunk) {
    int from = offset;
    for (Frame frame : frames) {
      chunk.put(frame.data, from, Math.min(frame.data.length - from, chunk.remaining()));
      from = 0;
      if (!chunk.hasRemaining()) {
        return;
      }
    }
  }

  private void sent(int count) {
    bytes -= count;
    offset += count;
    while (!frames.isEmpty() && offset >= frames.element().data.length) {
      Frame frame = frames.remove();
      offset -= frame.data.length;
      frame.sent.run();
    }
  }
}
