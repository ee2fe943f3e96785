package community.cloudy.gossip.serf.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes msgpack into a growing buffer that is reused, in one of two dialects: the gossip port's,
 * where strings and bytes alike are of the raw family (specification A2), and the agent RPC's,
 * which has short strings of type str8 and byte strings of type bin (specification C1).
 *
 * <p>Non-negative integers take the shortest unsigned form. Struct keys are the caller's to sort.
 * Confined to one thread.
 */
public final class MsgpackWriter {
  private final boolean rpc;
  private byte[] data = new byte[512];
  private int length;

  private MsgpackWriter(boolean rpc) {
    this.rpc = rpc;
  }

  /** Creates a writer of the gossip port's dialect. */
  public static MsgpackWriter gossip() {
    return new MsgpackWriter(false);
  }

  /** Creates a writer of the agent RPC's dialect. */
  public static MsgpackWriter rpc() {
    return new MsgpackWriter(true);
  }

  /** Forgets what was written, and a buffer grown beyond what is worth keeping. */
  public MsgpackWriter reset() {
    if (data.length > Limits.SCRATCH) {
      data = new byte[512];
    }
    length = 0;
    return this;
  }

  /**
   * Returns the buffer; only the first {@link #length} bytes mean anything, until the next call.
   */
  public byte[] array() {
    return data;
  }

  /** Returns how many bytes were written. */
  public int length() {
    return length;
  }

  /** Returns what was written in an array of its own. */
  public byte[] toByteArray() {
    return Arrays.copyOf(data, length);
  }

  /** Returns what was written as a value of its own. */
  public Bytes toBytes() {
    return Bytes.wrap(toByteArray());
  }

  /** Writes a byte as it is: a message type, say. */
  public MsgpackWriter raw(int value) {
    data = room(1);
    data[length++] = (byte) value;
    return this;
  }

  /** Writes bytes as they are, without a header. */
  public MsgpackWriter raw(byte[] source, int offset, int count) {
    data = room(count);
    System.arraycopy(source, offset, data, length, count);
    length += count;
    return this;
  }

  /** Starts a map of {@code size} keys and values. */
  public MsgpackWriter map(int size) {
    return size < 16 ? raw(0x80 | size) : sized(size, 0xde);
  }

  /** Starts an array of {@code size} elements. */
  public MsgpackWriter list(int size) {
    return size < 16 ? raw(0x90 | size) : sized(size, 0xdc);
  }

  /** Writes {@code text} in UTF-8. */
  public MsgpackWriter string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    stringHead(utf8.length);
    return raw(utf8, 0, utf8.length);
  }

  /** Writes {@code text}. */
  public MsgpackWriter string(Bytes text) {
    stringHead(text.length());
    return raw(text.array(), 0, text.length());
  }

  /** Writes a struct's key: ASCII, at most 31 characters. */
  public MsgpackWriter key(String name) {
    int count = name.length();
    data = room(count + 1);
    byte[] to = data;
    int at = length;
    to[at++] = (byte) (0xa0 | count);
    for (int i = 0; i < count; i++) {
      to[at++] = (byte) name.charAt(i);
    }
    length = at;
    return this;
  }

  /** Writes a byte string. */
  public MsgpackWriter bytes(Bytes value) {
    return bytes(value.array(), 0, value.length());
  }

  /** Writes a byte string. */
  public MsgpackWriter bytes(byte[] source, int offset, int count) {
    bytesHead(count);
    return raw(source, offset, count);
  }

  /** Writes a byte string, nil if it is empty: what a Go writer does with a slice never set. */
  public MsgpackWriter bytesOrNil(Bytes value) {
    return value.isEmpty() ? nil() : bytes(value);
  }

  /** Writes an integer. */
  public MsgpackWriter integer(long value) {
    if (value >= -32 && value < 128) {
      return raw((int) value);
    }
    data = room(9);
    if (value >= 0) {
      unsigned(value);
    } else {
      signed(value);
    }
    return this;
  }

  /** Writes a boolean. */
  public MsgpackWriter bool(boolean value) {
    return raw(value ? 0xc3 : 0xc2);
  }

  /** Writes a 64-bit floating-point number. */
  public MsgpackWriter float64(double value) {
    data = room(9);
    data[length] = (byte) 0xcb;
    BigEndian.put64(data, length + 1, Double.doubleToRawLongBits(value));
    length += 9;
    return this;
  }

  /** Writes nil. */
  public MsgpackWriter nil() {
    return raw(0xc0);
  }

  /** Makes room for {@code count} bytes to be filled later, and returns where. */
  int reserve(int count) {
    data = room(count);
    length += count;
    return length - count;
  }

  /** Drops what was written after {@code newLength}. */
  void truncate(int newLength) {
    length = newLength;
  }

  private void unsigned(long value) {
    if (value < 0x100) {
      data[length] = (byte) 0xcc;
      data[length + 1] = (byte) value;
      length += 2;
    } else if (value < 0x1_0000) {
      put16(0xcd, (int) value);
    } else if (value <= Limits.U32) {
      put32(0xce, (int) value);
    } else {
      put64(0xcf, value);
    }
  }

  private void signed(long value) {
    if (value >= Byte.MIN_VALUE) {
      data[length] = (byte) 0xd0;
      data[length + 1] = (byte) value;
      length += 2;
    } else if (value >= Short.MIN_VALUE) {
      put16(0xd1, (int) value);
    } else if (value >= Integer.MIN_VALUE) {
      put32(0xd2, (int) value);
    } else {
      put64(0xd3, value);
    }
  }

  private void stringHead(int count) {
    if (count < 32) {
      raw(0xa0 | count);
    } else if (rpc && count < 0x100) {
      raw(0xd9).raw(count);
    } else {
      sized(count, 0xda);
    }
  }

  private void bytesHead(int count) {
    if (!rpc) {
      stringHead(count);
    } else if (count < 0x100) {
      raw(0xc4).raw(count);
    } else {
      sized(count, 0xc5);
    }
  }

  /** Writes a length of 16 bits after {@code tag}, or of 32 bits after the tag that follows it. */
  private MsgpackWriter sized(int size, int tag) {
    data = room(5);
    if (size < 0x1_0000) {
      put16(tag, size);
    } else {
      put32(tag + 1, size);
    }
    return this;
  }

  private void put16(int tag, int value) {
    data[length] = (byte) tag;
    BigEndian.put16(data, length + 1, value);
    length += 3;
  }

  private void put32(int tag, int value) {
    data[length] = (byte) tag;
    BigEndian.put32(data, length + 1, value);
    length += 5;
  }

  private void put64(int tag, long value) {
    data[length] = (byte) tag;
    BigEndian.put64(data, length + 1, value);
    length += 9;
  }

  private byte[] room(int count) {
    int needed = Math.addExact(length, count);
    return needed <= data.length ? data : Arrays.copyOf(data, Math.max(needed, data.length * 2));
  }
}
