package community.cloudy.gossip.serf.wire;

/**
 * Walks over msgpack values without decoding them, and can go on where the bytes ran out: no
 * recursion, no allocation, each byte looked at once.
 */
public final class ValueSkipper {
  private static final int MOST = 1 << 30;

  private long position;
  private long pending;

  /** Starts at {@code start} with {@code values} values ahead. */
  public void start(int start, long values) {
    position = start;
    pending = values;
  }

  /** Returns where the walk stands; beyond the bytes present if a string is still coming in. */
  public long position() {
    return position;
  }

  /**
   * Walks on in {@code data}, of which {@code limit} bytes are present.
   *
   * @return whether all values are complete
   * @throws WireException if a byte starts no value or a length is absurd
   */
  public boolean advance(byte[] data, int limit) throws WireException {
    while (pending > 0) {
      if (position >= limit) {
        return false;
      }
      int tag = data[(int) position] & 0xff;
      int head = headLength(tag);
      if (position + head > limit) {
        return false;
      }
      pending += children(data, (int) position, tag) - 1;
      position += head + body(data, (int) position, tag);
      if (pending > MOST || position > MOST) {
        throw new WireException("msgpack value claims to be larger than any message");
      }
    }
    return position <= limit;
  }

  /** Returns the length of a value's tag, length field and number. */
  private static int headLength(int tag) throws WireException {
    if (tag < 0xc0 || tag >= 0xe0) {
      return 1;
    }
    return switch (tag) {
      case 0xc0, 0xc2, 0xc3 -> 1;
      case 0xc4, 0xd9, 0xcc, 0xd0 -> 2;
      case 0xc5, 0xda, 0xcd, 0xd1, 0xdc, 0xde, 0xc7, 0xd4 -> 3;
      case 0xc8, 0xd5 -> 4;
      case 0xc6, 0xdb, 0xce, 0xd2, 0xca, 0xdd, 0xdf -> 5;
      case 0xc9, 0xd6 -> 6;
      case 0xcb, 0xcf, 0xd3 -> 9;
      case 0xd7 -> 10;
      case 0xd8 -> 18;
      default -> throw new WireException("byte 0xc1 starts no msgpack value");
    };
  }

  /** Returns the length of what follows the head of a string, byte string or extension. */
  private static long body(byte[] data, int at, int tag) {
    if (tag >= 0xa0 && tag < 0xc0) {
      return tag & 0x1f;
    }
    return switch (tag) {
      case 0xc4, 0xd9, 0xc7 -> data[at + 1] & 0xff;
      case 0xc5, 0xda, 0xc8 -> BigEndian.u16(data, at + 1);
      case 0xc6, 0xdb, 0xc9 -> BigEndian.u32(data, at + 1);
      default -> 0;
    };
  }

  /** Returns how many values an array or map holds. */
  private static long children(byte[] data, int at, int tag) {
    if (tag >= 0x80 && tag < 0x90) {
      return 2L * (tag & 0x0f);
    }
    if (tag >= 0x90 && tag < 0xa0) {
      return tag & 0x0f;
    }
    return switch (tag) {
      case 0xdc -> BigEndian.u16(data, at + 1);
      case 0xdd -> BigEndian.u32(data, at + 1);
      case 0xde -> 2L * BigEndian.u16(data, at + 1);
      case 0xdf -> 2L * BigEndian.u32(data, at + 1);
      default -> 0;
    };
  }
}
