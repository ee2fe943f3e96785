package community.cloudy.gossip.serf.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP and a TCP socket bound to one address and port, neither blocking.
 *
 * @param address with the real port
 */
record BoundSockets(DatagramChannel udp, ServerSocketChannel tcp, InetSocketAddress address) {
  private static final Logger log = LoggerFactory.getLogger(BoundSockets.class);
  private static final int RECEIVE_BYTES = 2 << 20;
  private static final int LEAST_RECEIVE_BYTES = 65_536;
  private static final int ATTEMPTS = 32;

  /** Binds both, trying other ports if {@code local} asks for any and TCP lacks the one UDP got. */
  static BoundSockets open(InetSocketAddress local) throws IOException {
    if (local.isUnresolved()) {
      throw new IOException("Could not bind " + local + ": the address is not known.");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return openOnce(local);
      } catch (IOException e) {
        if (local.getPort() != 0 || attempt == ATTEMPTS) {
          throw new IOException("Could not bind " + local + ": " + e.getMessage(), e);
        }
      }
    }
  }

  void close() {
    try (udp;
        tcp) {
      // Only to close both, whatever happens to the first.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BoundSockets openOnce(InetSocketAddress local) throws IOException {
    ProtocolFamily family =
        local.getAddress() instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    DatagramChannel udp = DatagramChannel.open(family);
    try {
      askReceiveBuffer(udp);
      udp.bind(local).configureBlocking(false);
      InetSocketAddress bound =
          new InetSocketAddress(local.getAddress(), udp.socket().getLocalPort());
      return new BoundSockets(udp, listen(family, bound), bound);
    } catch (IOException e) {
      udp.close();
      throw e;
    }
  }

  private static ServerSocketChannel listen(ProtocolFamily family, InetSocketAddress address)
      throws IOException {
    ServerSocketChannel tcp = ServerSocketChannel.open(family);
    try {
      tcp.bind(address, 128).configureBlocking(false);
      return tcp;
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  /** Asks for 2 MiB and halves until the system agrees; with less, bursts are lost. */
  private static void askReceiveBuffer(DatagramChannel udp) {
    for (int size = RECEIVE_BYTES; size >= LEAST_RECEIVE_BYTES; size /= 2) {
      try {
        udp.setOption(StandardSocketOptions.SO_RCVBUF, size);
        return;
      } catch (IOException e) {
        log.debug("receive buffer refused bytes={}", size);
      }
    }
  }
}
