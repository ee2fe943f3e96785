package community.cloudy.gossip.serf.wire;

import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The receiving half of {@link PacketCodec}. */
final class PacketDecoder {
  private final @Nullable Keyring keyring;
  private final Bytes label;
  private final CRC32 crc32 = new CRC32();
  private final MsgpackReader in = new MsgpackReader(new Interned());
  private final Compression compression = new Compression();
  private final Ping ping = new Ping();
  private final Ack ack = new Ack();
  private final Slice raw = new Slice();
  private byte[] opened = Bytes.EMPTY.array();
  private int messages;
  private int decompressed;

  PacketDecoder(Optional<Keyring> keyring, Bytes label) {
    this.keyring = keyring.orElse(null);
    this.label = label;
  }

  void decode(byte[] data, int length, PacketHandler handler) throws WireException {
    if (length > Limits.PACKET) {
      throw new WireException("datagram has " + length + " bytes, over " + Limits.PACKET);
    }
    compression.reset();
    messages = 0;
    decompressed = 0;
    int start = Label.check(label, data, 0, length);
    if (keyring == null) {
      checked(data, start, length, handler);
    } else {
      if (opened.length < length) {
        opened = new byte[Math.max(length, 2048)];
      }
      int plain = keyring.decrypt(data, start, length - start, label.array(), opened);
      checked(opened, 0, plain, handler);
    }
  }

  /** Checks the checksum, if there is one; it is only known outermost. */
  private void checked(byte[] data, int from, int end, PacketHandler handler) throws WireException {
    if (from == end) {
      throw new WireException("datagram is empty");
    }
    int start = from;
    if (data[start] == MessageType.CRC) {
      start += 5;
      if (start >= end) {
        throw new WireException("datagram with a checksum is cut short");
      }
      crc32.reset();
      crc32.update(data, start, end - start);
      if (crc32.getValue() != BigEndian.u32(data, start - 4)) {
        throw new WireException("checksum does not match");
      }
    }
    part(data, start, end - start, 0, handler);
  }

  private void part(byte[] data, int offset, int length, int depth, PacketHandler handler) {
    try {
      if (++messages <= Limits.PACKET_MESSAGES) {
        dispatch(data, offset, length, depth, handler);
      } else if (messages == Limits.PACKET_MESSAGES + 1) {
        throw new WireException("datagram has more than " + Limits.PACKET_MESSAGES + " messages");
      }
    } catch (WireException fault) {
      handler.rejected(fault);
    }
  }

  private void dispatch(byte[] data, int offset, int length, int depth, PacketHandler handler)
      throws WireException {
    if (length == 0) {
      throw new WireException("message is empty");
    }
    int type = data[offset];
    in.reset(data, offset + 1, length - 1);
    switch (type) {
      case MessageType.PING -> {
        ping.readFrom(in);
        handler.ping(ping);
      }
      case MessageType.ACK -> {
        ack.readFrom(in);
        handler.ack(ack);
      }
      case MessageType.NACK -> handler.nack(Nack.readSeqNo(in));
      case MessageType.USER -> handler.user(raw.set(data, offset + 1, length - 1));
      case MessageType.COMPOUND -> compound(data, offset, offset + length, nested(depth), handler);
      case MessageType.COMPRESS -> compressed(nested(depth), handler);
      case MessageType.INDIRECT_PING, MessageType.SUSPECT, MessageType.ALIVE, MessageType.DEAD ->
          hand(Message.read(type, in), raw.set(data, offset, length), handler);
      default -> throw new WireException("message type " + (type & 0xff) + " is not supported");
    }
  }

  private static void hand(Message message, Slice raw, PacketHandler handler) {
    if (message instanceof Alive alive) {
      handler.alive(alive, raw);
    } else if (message instanceof Suspect suspect) {
      handler.suspect(suspect, raw);
    } else if (message instanceof Dead dead) {
      handler.dead(dead, raw);
    } else if (message instanceof IndirectPing indirect) {
      handler.indirectPing(indirect);
    }
  }

  private static int nested(int depth) throws WireException {
    if (depth == Limits.PACKET_NESTING) {
      throw new WireException("frames are nested more than " + depth + " deep");
    }
    return depth + 1;
  }

  private void compound(byte[] data, int offset, int end, int depth, PacketHandler handler)
      throws WireException {
    int table = offset + 2;
    int count = table > end ? 0 : data[offset + 1] & 0xff;
    int start = table + 2 * count;
    if (start > end) {
      throw new WireException("compound is cut short");
    }
    for (int i = 0; i < count; i++) {
      int length = BigEndian.u16(data, table + 2 * i);
      if (length > end - start) {
        throw new WireException((count - i) + " parts of a compound are cut short");
      }
      part(data, start, length, depth, handler);
      start += length;
    }
  }

  private void compressed(int depth, PacketHandler handler) throws WireException {
    Slice view = new Slice();
    compression.decompress(in, Limits.PACKET_DECOMPRESSED - decompressed, view);
    decompressed += view.length();
    part(view.array(), view.offset(), view.length(), depth, handler);
  }
}
