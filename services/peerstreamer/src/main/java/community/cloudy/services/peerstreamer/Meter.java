package community.cloudy.services.peerstreamer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the bytes of a channel as they come out of it, on loopback, and hands them on to whoever
 * makes HLS of them. Without it nobody could tell a stream that carries nothing: streamers live on
 * without their source.
 */
final class Meter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Meter.class);
  private static final int MAX_DATAGRAM = 65536;
  private static final int BUFFER = 1 << 20;

  private final DatagramChannel socket;
  private final AtomicLong bytes = new AtomicLong();
  private final InetSocketAddress next;
  private final Thread thread;

  /**
   * Begins to count what comes to a port.
   *
   * @param next the port that gets it then
   * @throws IOException if the port is taken
   */
  Meter(int port, int next) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    socket = DatagramChannel.open();
    try {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
      socket.bind(new InetSocketAddress(loopback, port));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    this.next = new InetSocketAddress(loopback, next);
    thread = new Thread(this::run, "video-meter-" + port);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    try {
      while (true) {
        buffer.clear();
        socket.receive(buffer);
        bytes.addAndGet(buffer.position());
        socket.send(buffer.flip(), next);
      }
    } catch (AsynchronousCloseException e) {
      // Closed.
    } catch (IOException e) {
      log.warn("A channel is measured no longer port={}", next.getPort(), e);
    }
  }

  /** Returns how many bytes have come. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    try {
      socket.close();
      thread.join();
    } catch (IOException e) {
      log.warn("A meter did not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
