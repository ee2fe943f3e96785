package community.cloudy.gossip.serf.transport;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The {@link Transport} over real sockets: UDP and TCP on one port (specification A1). Everything
 * runs on the event loop; only {@link #bind}, {@link #close}, {@link #metrics} and {@link
 * #localAddress} may be called elsewhere.
 */
public final class NioTransport implements Transport, AutoCloseable {
  /** Few enough that a flood of datagrams delays streams and timers by well under a millisecond. */
  private static final int PACKETS_PER_ROUND = 64;

  private static final int PACKET_BYTES = 65_536;
  private static final int CHUNK_BYTES = 65_536;

  private final EventLoop loop;
  private final BoundSockets sockets;
  private final Inbound inbound;
  private final AddressCache addresses;
  private final Metrics metrics = new Metrics();
  private final StreamServer server;
  private final StreamResources outbound;
  private final Set<OutboundStream> dialled = new HashSet<>();
  private final ByteBuffer received = ByteBuffer.allocate(PACKET_BYTES);
  private final ByteBuffer sending = ByteBuffer.allocateDirect(PACKET_BYTES);

  private NioTransport(
      EventLoop loop,
      BoundSockets sockets,
      Inbound inbound,
      Supplier<Framer> framers,
      StreamLimits limits) {
    this.loop = loop;
    this.sockets = sockets;
    this.inbound = inbound;
    addresses = new AddressCache(sockets.address().getAddress());
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    outbound =
        new StreamResources(
            loop, chunk, new Budget(limits.bufferedBytes()), metrics, framers, limits);
    StreamResources accepted =
        new StreamResources(
            loop, chunk, new Budget(limits.bufferedBytes()), metrics, framers, limits);
    server = new StreamServer(sockets.tcp(), addresses, inbound, accepted);
  }

  /**
   * Opens both sockets and starts receiving.
   *
   * @param local where to listen; port 0 takes one that is free for both. An IPv6 address may name
   *     its interface, which then serves for all link-local peers; {@code ::} takes IPv4 too
   * @param framers makes a framer for each connection
   * @throws IOException if the address or port cannot be had; its message says which and why
   */
  public static NioTransport bind(
      EventLoop loop,
      InetSocketAddress local,
      Inbound inbound,
      Supplier<Framer> framers,
      StreamLimits limits)
      throws IOException {
    BoundSockets sockets = BoundSockets.open(local);
    NioTransport transport = new NioTransport(loop, sockets, inbound, framers, limits);
    loop.execute(transport::listen);
    return transport;
  }

  /** Returns the address and the port really bound. */
  public InetSocketAddress localAddress() {
    return sockets.address();
  }

  /** Returns the counters by name; they only grow. */
  public Map<String, Long> metrics() {
    return metrics.toMap();
  }

  @Override
  public void sendPacket(Endpoint to, byte[] data, int length) {
    try {
      if (length > sending.capacity()) {
        throw new IOException("datagram of " + length + " bytes");
      }
      sending.clear().put(data, 0, length).flip();
      if (sockets.udp().send(sending, addresses.socket(to)) == 0 && length > 0) {
        throw new IOException("send buffer is full");
      }
      metrics.add(Metrics.Count.PACKETS_OUT, 1);
      metrics.add(Metrics.Count.PACKET_BYTES_OUT, length);
    } catch (IOException | UnsupportedAddressTypeException e) {
      metrics.add(Metrics.Count.PACKET_SEND_ERRORS, 1);
    }
  }

  @Override
  public void request(Endpoint to, byte[] request, long timeoutNanos, ReplyHandler handler) {
    dial(new OutboundStream.Dial(to, Bytes.wrap(request), true, timeoutNanos, handler));
  }

  @Override
  public void sendStream(Endpoint to, byte[] message, long timeoutNanos) {
    dial(new OutboundStream.Dial(to, Bytes.wrap(message), false, timeoutNanos, Ignored.HANDLER));
  }

  /**
   * Closes every socket; requests under way fail. The port is free again when this returns, unless
   * called on the event loop, where it is a moment later. Close this before the loop.
   */
  @Override
  public void close() {
    if (loop.inLoop()) {
      closeAll();
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    try {
      loop.execute(() -> closeAndRelease(done));
      done.await();
    } catch (RejectedExecutionException e) {
      // The loop closed all channels when it ended.
      sockets.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try {
      loop.register(sockets.udp(), SelectionKey.OP_READ, key -> receive());
      loop.register(sockets.tcp(), SelectionKey.OP_ACCEPT, server);
    } catch (IOException e) {
      // Closed before it began.
      loop.failed(e);
    }
  }

  private void receive() {
    try {
      for (int i = 0; i < PACKETS_PER_ROUND; i++) {
        received.clear();
        if (!(sockets.udp().receive(received) instanceof InetSocketAddress from)) {
          return;
        }
        metrics.add(Metrics.Count.PACKETS_IN, 1);
        metrics.add(Metrics.Count.PACKET_BYTES_IN, received.position());
        deliver(from);
      }
    } catch (IOException e) {
      metrics.add(Metrics.Count.PACKET_RECEIVE_ERRORS, 1);
    }
  }

  private void deliver(InetSocketAddress from) {
    if (from.getPort() == 0) {
      // Forged, and nobody could be answered there.
      metrics.add(Metrics.Count.PACKET_RECEIVE_ERRORS, 1);
      return;
    }
    try {
      inbound.packet(addresses.endpoint(from), received.array(), received.position());
    } catch (RuntimeException e) {
      loop.failed(e);
    }
  }

  private void dial(OutboundStream.Dial dial) {
    metrics.add(Metrics.Count.STREAMS_DIALLED, 1);
    try {
      if (dialled.size() >= outbound.limits().connections()) {
        throw new IOException("too many streams are open already");
      }
      InetSocketAddress address = addresses.socket(dial.to());
      dialled.add(OutboundStream.open(outbound, address, dial, dialled::remove));
    } catch (IOException e) {
      metrics.add(Metrics.Count.STREAMS_FAILED, 1);
      String reason = "Could not reach " + dial.to() + ": " + OutboundStream.reason(e);
      loop.execute(() -> dial.handler().failed(reason));
    }
  }

  private void closeAndRelease(CountDownLatch done) {
    try {
      closeAll();
      loop.releaseClosed();
    } catch (IOException e) {
      loop.failed(e);
    } finally {
      done.countDown();
    }
  }

  private void closeAll() {
    sockets.close();
    server.close();
    for (OutboundStream stream : List.copyOf(dialled)) {
      stream.fail(Metrics.Count.STREAMS_FAILED, "this node is closing");
    }
  }

  /** Does nothing with the outcome: failures are counted where they happen. */
  private enum Ignored implements ReplyHandler {
    HANDLER;

    @Override
    public void reply(byte[] message) {}

    @Override
    public void failed(String reason) {}
  }
}
