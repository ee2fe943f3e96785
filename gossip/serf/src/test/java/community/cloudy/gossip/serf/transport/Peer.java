package community.cloudy.gossip.serf.transport;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A transport on a loop of its own, that keeps the packets it gets and echoes streams. */
final class Peer implements Transport.Inbound, AutoCloseable {
  static final long TIMEOUT = 10_000_000_000L;

  final EventLoop loop;
  final NioTransport transport;
  final BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
  volatile boolean silent;

  record Packet(Endpoint from, Bytes data) {}

  Peer(String host, StreamLimits limits) throws IOException {
    this(new InetSocketAddress(InetAddress.getByName(host), 0), limits);
  }

  Peer(InetSocketAddress local, StreamLimits limits) throws IOException {
    loop = EventLoop.start("peer");
    try {
      transport = NioTransport.bind(loop, local, this, LengthFramer::new, limits);
    } catch (IOException e) {
      loop.close();
      throw e;
    }
  }

  static Peer on(String host) throws IOException {
    return new Peer(host, StreamLimits.defaults(TIMEOUT));
  }

  InetSocketAddress address() {
    return transport.localAddress();
  }

  int port() {
    return address().getPort();
  }

  Endpoint endpoint() {
    return new Endpoint(Bytes.wrap(address().getAddress().getAddress()), port());
  }

  void send(Endpoint to, String text) {
    byte[] data = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    loop.execute(() -> transport.sendPacket(to, data, data.length));
  }

  Packet take() throws InterruptedException {
    Packet packet = packets.poll(10, TimeUnit.SECONDS);
    if (packet == null) {
      throw new AssertionError("no packet came");
    }
    return packet;
  }

  /** Completes with the reply, or exceptionally with the reason; again = a second outcome. */
  CompletableFuture<byte[]> request(Endpoint to, byte[] message, long timeoutNanos) {
    CompletableFuture<byte[]> outcome = new CompletableFuture<>();
    Transport.ReplyHandler handler =
        new Transport.ReplyHandler() {
          @Override
          public void reply(byte[] reply) {
            once(outcome.complete(reply));
          }

          @Override
          public void failed(String reason) {
            once(outcome.completeExceptionally(new IOException(reason)));
          }
        };
    loop.execute(() -> transport.request(to, message, timeoutNanos, handler));
    return outcome;
  }

  private static void once(boolean first) {
    if (!first) {
      throw new IllegalStateException("handler called twice");
    }
  }

  long metric(String name) {
    // A round trip through the loop: what it did so far is then counted.
    return CompletableFuture.supplyAsync(() -> transport.metrics().get(name), loop).join();
  }

  @Override
  public void packet(Endpoint from, byte[] data, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("empty on purpose");
    }
    packets.add(new Packet(from, Bytes.copyOf(data, 0, length)));
  }

  @Override
  public byte[] stream(Endpoint from, byte[] request) {
    requests.add(request);
    return silent ? new byte[0] : Arrays.copyOf(request, request.length);
  }

  @Override
  public void close() {
    transport.close();
    loop.close();
  }
}
