package community.cloudy.gossip.serf.wire;

import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The sending half of {@link PacketCodec}. */
final class PacketEncoder {
  private final @Nullable Keyring keyring;
  private final Bytes label;
  private final @Nullable Compression compression;
  private final CRC32 crc32 = new CRC32();
  private final MsgpackWriter plain = MsgpackWriter.gossip();
  private final byte[][] parts = new byte[Limits.COMPOUND_PARTS][];
  private final int[] offsets = new int[Limits.COMPOUND_PARTS];
  private final int[] lengths = new int[Limits.COMPOUND_PARTS];
  private final Slice datagram = new Slice();
  private int count;
  private byte[] sealed = Bytes.EMPTY.array();

  PacketEncoder(Optional<Keyring> keyring, Bytes label, boolean compression) {
    this.keyring = keyring.orElse(null);
    this.label = label;
    this.compression = compression ? new Compression() : null;
  }

  int overhead() {
    return labelHeader() + (keyring == null ? 0 : Keyring.OVERHEAD);
  }

  void begin() {
    count = 0;
  }

  boolean isFull() {
    return count == Limits.COMPOUND_PARTS;
  }

  void add(byte[] data, int offset, int length) {
    Check.range("part length", length, 1, 0xffff);
    parts[count] = data;
    offsets[count] = offset;
    lengths[count] = length;
    count++;
  }

  Slice end(boolean crc) {
    plain.reset();
    if (keyring == null) {
      writeLabel();
    }
    int start = crc ? plain.raw(MessageType.CRC).reserve(4) : -1;
    int body = plain.length();
    writeBody();
    if (compression != null) {
      compression.compress(plain, body);
    }
    if (crc) {
      crc32.reset();
      crc32.update(plain.array(), body, plain.length() - body);
      BigEndian.put32(plain.array(), start, (int) crc32.getValue());
    }
    return keyring == null ? datagram.set(plain.array(), 0, plain.length()) : seal(keyring);
  }

  private int labelHeader() {
    return label.isEmpty() ? 0 : 2 + label.length();
  }

  private void writeLabel() {
    if (!label.isEmpty()) {
      plain.raw(MessageType.LABEL).raw(label.length()).raw(label.array(), 0, label.length());
    }
  }

  private void writeBody() {
    if (count != 1) {
      plain.raw(MessageType.COMPOUND).raw(count);
      for (int i = 0; i < count; i++) {
        plain.raw(lengths[i] >> 8).raw(lengths[i]);
      }
    }
    for (int i = 0; i < count; i++) {
      plain.raw(parts[i], offsets[i], lengths[i]);
    }
  }

  private Slice seal(Keyring ring) {
    int inner = plain.length();
    int total = overhead() + inner;
    if (sealed.length < total) {
      sealed = new byte[Math.max(total, 2048)];
    }
    if (!label.isEmpty()) {
      sealed[0] = (byte) MessageType.LABEL;
      sealed[1] = (byte) label.length();
      System.arraycopy(label.array(), 0, sealed, 2, label.length());
    }
    ring.encrypt(plain.array(), 0, inner, label.array(), sealed, labelHeader());
    return datagram.set(sealed, 0, total);
  }
}
