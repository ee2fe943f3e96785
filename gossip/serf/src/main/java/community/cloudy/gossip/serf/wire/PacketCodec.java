package community.cloudy.gossip.serf.wire;

import java.util.List;
import java.util.Optional;

/**
 * Puts messages into datagrams and takes them out: label, encryption, checksum, compression,
 * compound (specification A3). All buffers are reused. Confined to one thread; a handler may encode
 * while it is handed a message.
 */
public final class PacketCodec {
  private final PacketEncoder encoder;
  private final PacketDecoder decoder;

  /**
   * Creates one.
   *
   * @param keyring the community's keys; none means no encryption
   * @param label the community's label, at most 255 bytes; empty for none
   * @param compression whether datagrams that get smaller are compressed
   */
  public PacketCodec(Optional<Keyring> keyring, Bytes label, boolean compression) {
    Check.atMost("label", label, Limits.LABEL);
    encoder = new PacketEncoder(keyring, label, compression);
    decoder = new PacketDecoder(keyring, label);
  }

  /**
   * Returns how many bytes label and encryption add to a datagram. A compound adds 2 and 2 for each
   * part, the checksum 5.
   */
  public int overhead() {
    return encoder.overhead();
  }

  /** Starts a datagram. */
  public PacketCodec begin() {
    encoder.begin();
    return this;
  }

  /** Tells whether the datagram takes no more parts, 127 being most. */
  public boolean isFull() {
    return encoder.isFull();
  }

  /** Adds a message, its type byte first; the bytes must stay as they are until the end. */
  public PacketCodec add(byte[] data, int offset, int length) {
    encoder.add(data, offset, length);
    return this;
  }

  /**
   * Ends the datagram.
   *
   * @param crc whether it carries a checksum: only for peers whose protocol maximum is 5 or more
   * @return the datagram, at offset 0 of a buffer that the next one overwrites
   */
  public Slice end(boolean crc) {
    return encoder.end(crc);
  }

  /** Makes a datagram of {@code messages}, 1 to 127: what the other three methods do in turn. */
  public Slice encode(List<byte[]> messages, boolean crc) {
    begin();
    for (byte[] message : messages) {
      add(message, 0, message.length);
    }
    return end(crc);
  }

  /**
   * Hands the messages of a datagram to {@code handler}, faulty ones to its {@link
   * PacketHandler#rejected}.
   *
   * @throws WireException if the datagram as a whole is refused: wrong label, key or checksum, or
   *     empty
   */
  public void decode(byte[] data, int length, PacketHandler handler) throws WireException {
    decoder.decode(data, length, handler);
  }
}
