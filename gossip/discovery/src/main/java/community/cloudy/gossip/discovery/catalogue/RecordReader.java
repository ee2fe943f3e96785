package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.serf.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads big-endian numbers and counted texts; checks every bound. */
final class RecordReader {
  private final ByteBuffer in;

  RecordReader(Bytes bytes) {
    in = ByteBuffer.wrap(bytes.array());
  }

  private ByteBuffer need(int length) throws RecordException {
    if (in.remaining() < length) {
      throw new RecordException("cut short");
    }
    return in;
  }

  int u8() throws RecordException {
    return need(1).get() & 0xff;
  }

  int u16() throws RecordException {
    return need(2).getShort() & 0xffff;
  }

  /** Reads a number that must be below 2^31. */
  int u31() throws RecordException {
    int value = need(4).getInt();
    if (value < 0) {
      throw new RecordException("number too large");
    }
    return value;
  }

  long u64() throws RecordException {
    return need(8).getLong();
  }

  Bytes bytes(int length) throws RecordException {
    ByteBuffer checked = need(length);
    byte[] value = new byte[length];
    checked.get(value);
    return Bytes.wrap(value);
  }

  /** Reads a text counted by one byte. */
  String text() throws RecordException {
    return utf8(u8());
  }

  /** Reads a text counted by two bytes, at most {@code most}. */
  String longText(int most) throws RecordException {
    int length = u16();
    if (length > most) {
      throw new RecordException("text too long");
    }
    return utf8(length);
  }

  private String utf8(int length) throws RecordException {
    ByteBuffer slice = need(length).slice().limit(length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
    } catch (CharacterCodingException e) {
      throw new RecordException("text is not UTF-8");
    }
  }

  int remaining() {
    return in.remaining();
  }

  /** Checks that everything was read. */
  void end() throws RecordException {
    if (in.hasRemaining()) {
      throw new RecordException("something follows");
    }
  }
}
