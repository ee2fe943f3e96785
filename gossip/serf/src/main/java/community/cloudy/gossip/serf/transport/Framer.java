package community.cloudy.gossip.serf.transport;

import java.io.IOException;

/**
 * Finds where the message on one TCP connection ends. A new one serves each connection, so it may
 * remember how far it has looked.
 */
public interface Framer {
  /**
   * Returns the total length of the first message, 1 to {@code length}, or -1 if more is to come.
   *
   * @param data everything received so far, from the first byte; may be another array each time
   * @param length how many bytes of it count
   * @throws IOException if no continuation can be valid, or the message would be too long
   */
  int end(byte[] data, int length) throws IOException;
}
