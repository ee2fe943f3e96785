package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Transport;
import community.cloudy.gossip.serf.wire.PacketCodec;
import community.cloudy.gossip.serf.wire.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills packets with news up to the budget and sends them (specification A13). */
final class PacketSender {
  /** What a message costs inside a compound beside its own bytes. */
  static final int PART_OVERHEAD = 2;

  private static final int COMPOUND_HEADER = 2;
  private static final int CRC = 5;
  private static final int CRC_PROTOCOL = 5;

  private final Context context;
  private final PacketCodec codec;
  private final Transport transport;
  private final BroadcastQueue queue;
  private final SwimDelegate delegate;
  private final List<byte[]> packet = new ArrayList<>();

  PacketSender(
      Context context,
      PacketCodec codec,
      Transport transport,
      BroadcastQueue queue,
      SwimDelegate delegate) {
    this.context = context;
    this.codec = codec;
    this.transport = transport;
    this.queue = queue;
    this.delegate = delegate;
  }

  /** Returns the largest broadcast that fits a packet. */
  int largest() {
    return budget() - PART_OVERHEAD;
  }

  private int budget() {
    return context.config().packetSize() - COMPOUND_HEADER - CRC - codec.overhead();
  }

  /** Sends one message alone, to anybody. */
  void sendAlone(Endpoint to, byte[] message) {
    packet.clear();
    packet.add(message);
    flush(to, null);
  }

  /** Sends one message together with news. */
  void sendWithNews(Peer to, byte[] message) {
    packet.clear();
    packet.add(message);
    addNews(to, budget() - message.length - PART_OVERHEAD);
    flush(to.endpoint, null);
  }

  /** Sends two messages together, without news. */
  void sendPair(Peer to, byte[] first, byte[] second) {
    packet.clear();
    packet.add(first);
    packet.add(second);
    flush(to.endpoint, to);
  }

  /** Sends one message to a peer, with a CRC if it understands it. */
  void sendTo(Peer to, byte[] message) {
    packet.clear();
    packet.add(message);
    flush(to.endpoint, to);
  }

  /** Sends a packet of news; tells whether there was any. */
  boolean sendNews(Peer to) {
    packet.clear();
    addNews(to, budget());
    if (packet.isEmpty()) {
      return false;
    }
    flush(to.endpoint, to);
    return true;
  }

  private void addNews(Peer to, int limit) {
    int used = queue.take(PART_OVERHEAD, limit, packet);
    delegate.takeBroadcasts(to, PART_OVERHEAD, limit - used, packet);
  }

  private void flush(Endpoint to, @Nullable Peer peer) {
    boolean crc = peer != null && peer.protocolMax() >= CRC_PROTOCOL;
    Slice framed = codec.encode(packet, crc);
    context.counters().add(Counter.PACKETS_SENT);
    transport.sendPacket(to, framed.array(), framed.length());
  }
}
