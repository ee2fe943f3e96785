package community.cloudy.gossip.serf.transport;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts TCP connections, few enough at a time, and closes the others at once. */
final class StreamServer implements EventLoop.Ready {
  private static final Logger log = LoggerFactory.getLogger(StreamServer.class);
  private static final int ACCEPTS_PER_ROUND = 64;
  private static final long PAUSE_NANOS = 100_000_000;

  private final ServerSocketChannel listener;
  private final AddressCache addresses;
  private final Transport.Inbound inbound;
  private final StreamResources shared;
  private final Set<InboundStream> open = new HashSet<>();
  private final Map<Bytes, Integer> openByAddress = new HashMap<>();

  StreamServer(
      ServerSocketChannel listener,
      AddressCache addresses,
      Transport.Inbound inbound,
      StreamResources shared) {
    this.listener = listener;
    this.addresses = addresses;
    this.inbound = inbound;
    this.shared = shared;
  }

  Transport.Inbound inbound() {
    return inbound;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      for (int i = 0; i < ACCEPTS_PER_ROUND; i++) {
        SocketChannel channel = listener.accept();
        if (channel == null) {
          return;
        }
        admit(channel);
      }
    } catch (IOException e) {
      // Out of descriptors: the connection stays ready, so without a pause this would spin.
      log.warn("could not accept a stream, pausing reason={}", e.getMessage());
      key.interestOps(0);
      shared.loop().schedule(PAUSE_NANOS, () -> resume(key));
    }
  }

  void close() {
    closeQuietly(listener);
    List.copyOf(open).forEach(InboundStream::close);
  }

  /** Forgets a stream that is done. */
  void closed(InboundStream stream) {
    closeQuietly(stream.channel());
    if (open.remove(stream)) {
      openByAddress.computeIfPresent(
          stream.from().address(), (address, count) -> count == 1 ? null : count - 1);
    }
  }

  private void admit(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      if (!(channel.getRemoteAddress() instanceof InetSocketAddress peer) || peer.getPort() == 0) {
        throw new IOException("peer has no address");
      }
      Endpoint from = addresses.endpoint(peer);
      if (open.size() >= shared.limits().connections()
          || openByAddress.getOrDefault(from.address(), 0) >= shared.limits().perAddress()) {
        shared.metrics().add(Metrics.Count.STREAMS_REFUSED, 1);
        closeQuietly(channel);
        return;
      }
      InboundStream stream = new InboundStream(this, shared, channel, from);
      open.add(stream);
      openByAddress.merge(from.address(), 1, Integer::sum);
      shared.metrics().add(Metrics.Count.STREAMS_ACCEPTED, 1);
      shared.loop().register(channel, SelectionKey.OP_READ, stream);
    } catch (IOException e) {
      // The peer has gone already; its stream, if any, ends with its deadline.
      shared.metrics().add(Metrics.Count.STREAMS_FAILED, 1);
      closeQuietly(channel);
    }
  }

  private static void resume(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("could not close a channel", e);
    }
  }
}
