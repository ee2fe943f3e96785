package community.cloudy.gossip.serf.wire;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Frames the messages of streams: label, encryption, compression (specification A3, A7, A8).
 * Confined to one thread.
 */
public final class StreamCodec {
  private static final int ENCRYPT_HEAD = 5;

  private final @Nullable Keyring keyring;
  private final Bytes label;
  private final boolean compress;
  private final Compression compression = new Compression();
  private final MsgpackWriter plain = MsgpackWriter.gossip();
  private final MsgpackReader in = new MsgpackReader(new Interned());

  /** Creates one; the arguments are those of {@link PacketCodec}. */
  public StreamCodec(Optional<Keyring> keyring, Bytes label, boolean compression) {
    Check.atMost("label", label, Limits.LABEL);
    this.keyring = keyring.orElse(null);
    this.label = label;
    this.compress = compression;
  }

  /** Frames {@code message}; the arguments are those of the other {@code encode}. */
  public byte[] encode(Message message, boolean dialer) {
    plain.reset();
    message.write(plain);
    return frame(dialer);
  }

  /**
   * Frames a message, compressed if that makes it smaller.
   *
   * @param message its bytes, the type byte first
   * @param dialer whether this side opened the connection: only then is the label written
   */
  public byte[] encode(byte[] message, boolean dialer) {
    plain.reset().raw(message, 0, message.length);
    return frame(dialer);
  }

  private byte[] frame(boolean dialer) {
    if (compress) {
      compression.compress(plain, 0);
      compression.reset();
    }
    int head = dialer && !label.isEmpty() ? 2 + label.length() : 0;
    int sealed = keyring == null ? 0 : ENCRYPT_HEAD + Keyring.OVERHEAD;
    byte[] framed = new byte[head + sealed + plain.length()];
    if (head > 0) {
      framed[0] = (byte) MessageType.LABEL;
      framed[1] = (byte) label.length();
      System.arraycopy(label.array(), 0, framed, 2, label.length());
    }
    if (keyring == null) {
      System.arraycopy(plain.array(), 0, framed, head, plain.length());
    } else {
      framed[head] = MessageType.ENCRYPT;
      BigEndian.put32(framed, head + 1, Keyring.OVERHEAD + plain.length());
      byte[] aad = aad(framed, head);
      keyring.encrypt(plain.array(), 0, plain.length(), aad, framed, head + ENCRYPT_HEAD);
    }
    plain.reset();
    return framed;
  }

  /**
   * Reads a framed message. Bytes after it are ignored.
   *
   * @param dialerSent whether the side that opened the connection sent it: only then has it a label
   * @throws RefusedStreamException if it is encrypted and this node is not, or the reverse
   * @throws WireException if it breaks the protocol in another way
   */
  public Message decode(byte[] framed, boolean dialerSent) throws WireException {
    if (framed.length > Limits.STREAM) {
      throw new WireException("stream message has over " + Limits.STREAM + " bytes");
    }
    int start = Label.check(dialerSent ? label : Bytes.EMPTY, framed, 0, framed.length);
    boolean encrypted = start < framed.length && framed[start] == MessageType.ENCRYPT;
    if (keyring == null && encrypted) {
      throw new RefusedStreamException(
          "Remote state is encrypted and encryption is not configured");
    }
    if (keyring == null) {
      return expanded(framed, start, framed.length);
    }
    if (!encrypted) {
      throw new RefusedStreamException(
          "Encryption is configured but remote state is not encrypted");
    }
    return opened(keyring, framed, start);
  }

  private Message opened(Keyring ring, byte[] framed, int start) throws WireException {
    int from = start + ENCRYPT_HEAD;
    long length = from > framed.length ? Limits.STREAM : BigEndian.u32(framed, start + 1);
    if (length > framed.length - from) {
      throw new WireException("encrypted stream message is cut short");
    }
    byte[] opened = new byte[(int) length];
    int plain = ring.decrypt(framed, from, (int) length, aad(framed, start), opened);
    return expanded(opened, 0, plain);
  }

  private Message expanded(byte[] data, int start, int end) throws WireException {
    if (start == end) {
      throw new WireException("stream message is empty");
    }
    in.reset(data, start + 1, end - start - 1);
    if (data[start] != MessageType.COMPRESS) {
      return read(data[start]);
    }
    Slice view = new Slice();
    try {
      compression.decompress(in, Limits.STREAM_DECOMPRESSED, view);
    } finally {
      compression.reset();
    }
    if (view.length() == 0) {
      throw new WireException("compressed stream message is empty");
    }
    in.reset(view.array(), view.offset() + 1, view.length() - 1);
    return read(view.array()[view.offset()]);
  }

  private Message read(int type) throws WireException {
    return switch (type) {
      case MessageType.PING,
          MessageType.ACK,
          MessageType.PUSH_PULL,
          MessageType.USER,
          MessageType.ERROR ->
          Message.read(type, in);
      default -> throw new WireException("stream message type " + type + " is not supported");
    };
  }

  /** Returns what encryption vouches for beside the payload: its header, and the label. */
  private byte[] aad(byte[] framed, int start) {
    byte[] aad = Arrays.copyOf(label.array(), ENCRYPT_HEAD + label.length());
    System.arraycopy(label.array(), 0, aad, ENCRYPT_HEAD, label.length());
    System.arraycopy(framed, start, aad, 0, ENCRYPT_HEAD);
    return aad;
  }
}
