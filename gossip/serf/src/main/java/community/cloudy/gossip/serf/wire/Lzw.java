package community.cloudy.gossip.serf.wire;

import java.util.Arrays;

/**
 * LZW as Go's {@code compress/lzw} does it, least significant bit first with 8-bit literals; the
 * JDK has none (specification A6). Tables and the output buffer are reused. Confined to one thread.
 */
public final class Lzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int MAX_WIDTH = 12;
  private static final int CODES = 1 << MAX_WIDTH;

  // Where in the output the expansion of each code last stood: an expansion is always the one
  // before it and one byte more, so nothing needs to be built or reversed.
  // Allocated by the first decode.
  private int[] start = new int[0];
  private int[] size = start;

  private final Encoder encoder = new Encoder();
  private byte[] output = new byte[2048];
  private int length;
  private int bits;
  private int bitCount;

  /** Creates one. */
  public Lzw() {}

  /** Returns the buffer that holds the output, until the next call. */
  public byte[] output() {
    return output;
  }

  /** Returns the end of the output in {@link #output}. */
  public int length() {
    return length;
  }

  /** Drops the output, and a buffer grown beyond what is worth keeping. */
  public void reset() {
    if (output.length > Limits.SCRATCH) {
      output = new byte[2048];
    }
    length = 0;
  }

  /**
   * Compresses bytes and replaces the output by the result.
   *
   * @param most the longest result of use
   * @return whether the result is not longer than {@code most}; if it is, the output is void
   */
  public boolean encode(byte[] data, int offset, int count, int most) {
    reset();
    bits = 0;
    bitCount = 0;
    put(CLEAR, 9);
    if (count == 0) {
      put(END, 9);
      return flush(most);
    }
    encoder.start(count);
    return encoder.encode(data, offset, count, most);
  }

  /**
   * Decompresses bytes and appends the result to the output.
   *
   * @param most the longest result accepted
   * @return how many bytes were appended
   * @throws WireException if the result is longer, or the bytes are not LZW or cut short
   */
  public int decode(byte[] data, int offset, int count, int most) throws WireException {
    if (start.length == 0) {
      start = new int[CODES];
      size = new int[CODES];
    }
    int begin = length;
    int end = offset + count;
    int at = offset;
    int width = 9;
    int high = END;
    int overflow = 1 << width;
    int last = -1;
    bits = 0;
    bitCount = 0;
    while (true) {
      while (bitCount < width) {
        if (at == end) {
          throw new WireException("compressed data is cut short");
        }
        bits |= (data[at++] & 0xff) << bitCount;
        bitCount += 8;
      }
      int code = bits & ((1 << width) - 1);
      bits >>>= width;
      bitCount -= width;
      if (code == END) {
        return length - begin;
      }
      if (code == CLEAR) {
        width = 9;
        high = END;
        overflow = 1 << width;
        last = -1;
        continue;
      }
      if (code > high) {
        throw new WireException("compressed data has a code from nowhere");
      }
      int lastStart = last < 0 ? 0 : start[last];
      int lastSize = last < 0 ? 0 : size[last];
      if (last >= 0) {
        start[high] = lastStart;
        size[high] = lastSize + 1;
      }
      expand(code, begin, most);
      last = code;
      if (++high >= overflow) {
        if (width == MAX_WIDTH) {
          last = -1;
          high--;
        } else {
          overflow = 1 << ++width;
        }
      }
    }
  }

  private void expand(int code, int begin, int most) throws WireException {
    int count = code < CLEAR ? 1 : size[code];
    if (length - begin + count > most) {
      throw new WireException("compressed data expands to more than " + most + " bytes");
    }
    room(count);
    if (code < CLEAR) {
      output[length] = (byte) code;
      size[code] = 1;
    } else {
      int from = start[code];
      int whole = Math.min(count, length - from);
      System.arraycopy(output, from, output, length, whole);
      if (whole < count) {
        output[length + whole] = output[from]; // the code defined by its own expansion
      }
    }
    start[code] = length;
    length += count;
  }

  private void put(int code, int width) {
    bits |= code << bitCount;
    bitCount += width;
    while (bitCount >= 8) {
      room(1);
      output[length++] = (byte) bits;
      bits >>>= 8;
      bitCount -= 8;
    }
  }

  private boolean flush(int most) {
    if (bitCount > 0) {
      room(1);
      output[length++] = (byte) bits;
    }
    return length <= most;
  }

  private void room(int count) {
    int needed = length + count;
    if (needed > output.length) {
      output = Arrays.copyOf(output, Math.max(needed, output.length * 2));
    }
  }

  /** The state of one compression. */
  private final class Encoder {
    private int[] table = new int[0];
    private int mask;
    private int width;
    private int high;
    private int overflow;

    /** Uses as much of the table as {@code count} bytes can half fill: clearing it costs most. */
    void start(int count) {
      int entries = Integer.highestOneBit(Math.min(count, CODES)) << 2;
      if (entries > table.length) {
        table = new int[entries];
      }
      mask = entries - 1;
      clear();
    }

    private void clear() {
      width = 9;
      high = END;
      overflow = 1 << width;
      Arrays.fill(table, 0, mask + 1, 0);
    }

    boolean encode(byte[] data, int offset, int count, int most) {
      int code = data[offset] & 0xff;
      for (int i = offset + 1; i < offset + count; i++) {
        int key = code << 8 | (data[i] & 0xff);
        int slot = slot(key);
        if (table[slot] != 0) {
          code = table[slot] & (CODES - 1);
          continue;
        }
        put(code, width);
        code = data[i] & 0xff;
        if (advance()) {
          table[slot] = key << MAX_WIDTH | high;
        }
        if (length > most) {
          return false;
        }
      }
      put(code, width);
      advance();
      put(END, width);
      return flush(most);
    }

    /** Counts the code just used up; returns false if that filled and cleared the table. */
    private boolean advance() {
      high++;
      if (high == overflow) {
        width++;
        overflow <<= 1;
      }
      if (high != CODES - 1) {
        return true;
      }
      put(CLEAR, width);
      clear();
      return false;
    }

    /** Returns where {@code key} is or belongs: entries are key and code in 20 and 12 bits. */
    private int slot(int key) {
      int slot = ((key * 0x9e3779b1) >>> 15) & mask;
      while (table[slot] != 0 && table[slot] >>> MAX_WIDTH != key) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }
  }
}
