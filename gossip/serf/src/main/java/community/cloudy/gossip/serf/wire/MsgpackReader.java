package community.cloudy.gossip.serf.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over msgpack that does all bounds checks and takes every form Serf's own decoders take
 * (specification A2): any integer family, str, raw and bin alike, bytes as an array of integers,
 * structs as maps or positional arrays, nil for a zero value, unknown keys.
 *
 * <p>Nothing is allocated by a length a peer merely claims. Reusable; confined to one thread.
 */
public final class MsgpackReader {
  /** What kind of value comes next. */
  public enum Kind {
    /** No value. */
    NIL,
    /** A boolean. */
    BOOL,
    /** An integer of any family. */
    INTEGER,
    /** A floating-point number. */
    FLOAT,
    /** A string of the raw or str family. */
    STRING,
    /** A byte string of the bin family. */
    BYTES,
    /** An array. */
    LIST,
    /** A map. */
    MAP,
    /** Anything else. */
    OTHER
  }

  private static final int DEPTH = 8;

  private final @Nullable Interned interned;
  private final ValueSkipper skipper = new ValueSkipper();
  private final @Nullable Fields[] structs = new @Nullable Fields[DEPTH];
  private final int[] left = new int[DEPTH];
  private final int[] next = new int[DEPTH];
  private final boolean[] positional = new boolean[DEPTH];
  private int depth = -1;
  private byte[] data = Bytes.EMPTY.array();
  private int position;
  private int limit;

  /** Creates a reader of nothing. */
  public MsgpackReader() {
    this(null);
  }

  /** Creates a reader that hands out known names from {@code interned}. */
  MsgpackReader(@Nullable Interned interned) {
    this.interned = interned;
  }

  /** Starts over on {@code length} bytes of {@code source} from {@code offset}. */
  public MsgpackReader reset(byte[] source, int offset, int length) {
    data = source;
    position = offset;
    limit = offset + length;
    depth = -1;
    return this;
  }

  /** Returns the index in the source of the next byte. */
  public int position() {
    return position;
  }

  /** Returns how many bytes are left. */
  public int remaining() {
    return limit - position;
  }

  /** Returns the kind of the next value, without reading it. */
  public Kind peek() throws WireException {
    int tag = peekByte();
    if (tag < 0x80 || tag >= 0xe0) {
      return Kind.INTEGER;
    }
    if (tag < 0xc0) {
      return tag < 0x90 ? Kind.MAP : tag < 0xa0 ? Kind.LIST : Kind.STRING;
    }
    return switch (tag) {
      case 0xc0 -> Kind.NIL;
      case 0xc2, 0xc3 -> Kind.BOOL;
      case 0xc4, 0xc5, 0xc6 -> Kind.BYTES;
      case 0xca, 0xcb -> Kind.FLOAT;
      case 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3 -> Kind.INTEGER;
      case 0xd9, 0xda, 0xdb -> Kind.STRING;
      case 0xdc, 0xdd -> Kind.LIST;
      case 0xde, 0xdf -> Kind.MAP;
      default -> Kind.OTHER;
    };
  }

  /** Reads nil if that comes next, and tells whether it did. */
  public boolean nil() throws WireException {
    if (peekByte() != 0xc0) {
      return false;
    }
    position++;
    return true;
  }

  /** Reads a boolean; nil is false. */
  public boolean bool() throws WireException {
    return switch (nextByte()) {
      case 0xc0, 0xc2 -> false;
      case 0xc3 -> true;
      default -> throw new WireException("not a boolean");
    };
  }

  /**
   * Reads an integer of any family; nil is 0.
   *
   * @throws WireException if it is not in {@code low} to {@code high}, or not an integer
   */
  public long integer(long low, long high) throws WireException {
    long value = integer();
    if (value < low || value > high) {
      throw new WireException("integer " + value + " is not in " + low + " to " + high);
    }
    return value;
  }

  /** Reads a 64-bit floating-point number; integers, 32-bit ones and nil (0) are taken too. */
  public double float64() throws WireException {
    int tag = peekByte();
    if (tag == 0xcb) {
      return Double.longBitsToDouble(BigEndian.s64(data, take(9) + 1));
    }
    if (tag == 0xca) {
      return Float.intBitsToFloat(BigEndian.s32(data, take(5) + 1));
    }
    return integer();
  }

  /**
   * Reads a string or byte string of whichever family, or an array of bytes; nil is empty.
   *
   * @throws WireException if it is longer than {@code longest} bytes
   */
  public Bytes bytes(int longest) throws WireException {
    if (peek() == Kind.LIST) {
      return Bytes.wrap(byteList(longest));
    }
    int length = bytesHead(longest);
    return Bytes.copyOf(data, take(length), length);
  }

  /** Reads the like of {@link #bytes} that comes again and again: a name, an address. */
  Bytes name(int longest) throws WireException {
    if (interned == null || peek() == Kind.LIST) {
      return bytes(longest);
    }
    int length = bytesHead(longest);
    return interned.get(data, take(length), length);
  }

  /** Points {@code view} at the like of {@link #bytes}, without copying it. */
  void slice(int longest, Slice view) throws WireException {
    if (peek() == Kind.LIST) {
      byte[] copy = byteList(longest);
      view.set(copy, 0, copy.length);
    } else {
      int length = bytesHead(longest);
      view.set(data, take(length), length);
    }
  }

  /** Starts a list and returns its size, at most {@code most} and the bytes left; nil is empty. */
  public int list(int most) throws WireException {
    int tag = nextByte();
    if (tag == 0xc0) {
      return 0;
    }
    if ((tag & 0xf0) == 0x90) {
      return size(tag & 0x0f, most, 1);
    }
    return switch (tag) {
      case 0xdc -> size(BigEndian.u16(data, take(2)), most, 1);
      case 0xdd -> size(BigEndian.u32(data, take(4)), most, 1);
      default -> throw new WireException("not a list");
    };
  }

  /** Starts a map and returns its size, at most {@code most} and the bytes left; nil is empty. */
  public int map(int most) throws WireException {
    int tag = nextByte();
    if (tag == 0xc0) {
      return 0;
    }
    if ((tag & 0xf0) == 0x80) {
      return size(tag & 0x0f, most, 2);
    }
    return switch (tag) {
      case 0xde -> size(BigEndian.u16(data, take(2)), most, 2);
      case 0xdf -> size(BigEndian.u32(data, take(4)), most, 2);
      default -> throw new WireException("not a map");
    };
  }

  /** Reads a list of at most {@code most} strings of at most {@code longest} bytes each. */
  List<Bytes> list(int most, int longest) throws WireException {
    List<Bytes> elements = new ArrayList<>();
    for (int left = list(most); left > 0; left--) {
      elements.add(bytes(longest));
    }
    return elements;
  }

  /** Reads over the next value, whatever it is. */
  public void skip() throws WireException {
    skipper.start(position, 1);
    if (!skipper.advance(data, limit)) {
      throw new WireException("msgpack value is cut short");
    }
    position = (int) skipper.position();
  }

  /** Takes the next {@code count} bytes as they are. */
  public Bytes raw(int count) throws WireException {
    return Bytes.copyOf(data, take(count), count);
  }

  /** Goes back to {@code start}, an earlier {@link #position}, outside of any struct. */
  void seek(int start) {
    position = start;
    depth = -1;
  }

  /** Enters a struct; {@link #field} then returns its fields one by one. */
  void begin(Fields struct) throws WireException {
    if (depth + 1 == DEPTH) {
      throw new WireException("structs are nested too deep");
    }
    int tag = peekByte();
    boolean list = (tag & 0xf0) == 0x90 || tag == 0xdc || tag == 0xdd;
    int size = list ? list(remaining()) : map(remaining());
    depth++;
    structs[depth] = struct;
    positional[depth] = list;
    left[depth] = size;
    next[depth] = 0;
  }

  /** Moves to the next known field and returns its number, or leaves the struct and returns -1. */
  int field() throws WireException {
    Fields struct = structs[depth];
    while (struct != null && left[depth]-- > 0) {
      if (positional[depth]) {
        if (next[depth] < struct.count()) {
          return next[depth]++;
        }
      } else {
        int length = bytesHead(limit);
        int rank = struct.rank(data, take(length), length, next[depth]);
        if (rank >= 0) {
          next[depth] = rank + 1;
          return struct.declared(rank);
        }
      }
      skip();
    }
    depth--;
    return -1;
  }

  /** Reads an unsigned 32-bit number. */
  long u32() throws WireException {
    return integer(0, Limits.U32);
  }

  /** Reads a port, 0 for none. */
  int port() throws WireException {
    return (int) integer(0, 0xffff);
  }

  /** Reads a Lamport time. */
  long lamport() throws WireException {
    return integer(0, Limits.LAMPORT);
  }

  private long integer() throws WireException {
    int tag = nextByte();
    if (tag < 0x80 || tag >= 0xe0) {
      return (byte) tag;
    }
    return switch (tag) {
      case 0xc0 -> 0;
      case 0xcc -> data[take(1)] & 0xff;
      case 0xcd -> BigEndian.u16(data, take(2));
      case 0xce -> BigEndian.u32(data, take(4));
      case 0xcf -> unsigned64();
      case 0xd0 -> data[take(1)];
      case 0xd1 -> (short) BigEndian.u16(data, take(2));
      case 0xd2 -> BigEndian.s32(data, take(4));
      case 0xd3 -> BigEndian.s64(data, take(8));
      default -> throw new WireException("not an integer");
    };
  }

  private long unsigned64() throws WireException {
    long value = BigEndian.s64(data, take(8));
    if (value < 0) {
      throw new WireException("integer does not fit 63 bits");
    }
    return value;
  }

  private int bytesHead(int longest) throws WireException {
    int tag = nextByte();
    if ((tag & 0xe0) == 0xa0) {
      return size(tag & 0x1f, longest, 1);
    }
    return switch (tag) {
      case 0xc0 -> 0;
      case 0xc4, 0xd9 -> size(data[take(1)] & 0xff, longest, 1);
      case 0xc5, 0xda -> size(BigEndian.u16(data, take(2)), longest, 1);
      case 0xc6, 0xdb -> size(BigEndian.u32(data, take(4)), longest, 1);
      default -> throw new WireException("not a string");
    };
  }

  private byte[] byteList(int longest) throws WireException {
    byte[] bytes = new byte[list(longest)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) integer(0, 255);
    }
    return bytes;
  }

  private int size(long size, int most, int smallest) throws WireException {
    if (size > most) {
      throw new WireException("length " + size + " is over the limit of " + most);
    }
    if (size * smallest > remaining()) {
      throw new WireException("msgpack value is cut short");
    }
    return (int) size;
  }

  private int peekByte() throws WireException {
    if (position >= limit) {
      throw new WireException("msgpack value is cut short");
    }
    return data[position] & 0xff;
  }

  private int nextByte() throws WireException {
    int tag = peekByte();
    position++;
    return tag;
  }

  private int take(int count) throws WireException {
    if (count > limit - position) {
      throw new WireException("msgpack value is cut short");
    }
    position += count;
    return position - count;
  }
}
