package community.cloudy.gossip.serf.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames by four bytes of total length, enough to exercise a transport. */
final class LengthFramer implements Framer {
  /** A length at which the framer itself breaks. */
  static final int BROKEN = 13;

  static byte[] message(int length, int fill) {
    byte[] message = new byte[length];
    Arrays.fill(message, (byte) fill);
    ByteBuffer.wrap(message).putInt(length);
    return message;
  }

  @Override
  public int end(byte[] data, int length) throws IOException {
    if (length < 4) {
      return -1;
    }
    int total = ByteBuffer.wrap(data).getInt();
    if (total == BROKEN) {
      throw new IllegalStateException("broken on purpose");
    }
    if (total < 4) {
      throw new IOException("frame of " + total + " bytes");
    }
    return length < total ? -1 : total;
  }
}
