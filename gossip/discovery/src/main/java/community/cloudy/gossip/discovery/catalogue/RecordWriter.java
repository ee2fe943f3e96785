package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes big-endian numbers and counted texts: the other half of {@link RecordReader}. */
final class RecordWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  RecordWriter u8(int value) {
    out.write(value);
    return this;
  }

  RecordWriter u16(int value) {
    return u8(value >> 8).u8(value);
  }

  RecordWriter u32(int value) {
    return u16(value >> 16).u16(value);
  }

  RecordWriter u64(long value) {
    return u32((int) (value >> 32)).u32((int) value);
  }

  RecordWriter bytes(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  RecordWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 255) {
      throw new IllegalArgumentException("a text has more than 255 bytes");
    }
    return u8(utf8.length).bytes(utf8);
  }

  RecordWriter longText(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return u16(utf8.length).bytes(utf8);
  }

  int length() {
    return out.size();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  Bytes toBytes() {
    return Bytes.wrap(out.toByteArray());
  }
}
