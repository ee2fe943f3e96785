package community.cloudy.gossip.serf.wire;

import java.util.Arrays;

/**
 * A reusable view of bytes in someone else's buffer, valid only during the call it is handed to.
 * Keep them with {@link #copy} or {@link #toBytes}.
 */
public final class Slice {
  private byte[] array = Bytes.EMPTY.array();
  private int offset;
  private int length;

  /** Creates an empty one. */
  public Slice() {}

  /** Points it elsewhere and returns it. */
  public Slice set(byte[] newArray, int newOffset, int newLength) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    return this;
  }

  /** Returns the buffer, which holds other bytes too. */
  public byte[] array() {
    return array;
  }

  /** Returns where in {@link #array} the bytes start. */
  public int offset() {
    return offset;
  }

  /** Returns how many bytes there are. */
  public int length() {
    return length;
  }

  /** Returns the bytes in an array of their own. */
  public byte[] copy() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** Returns the bytes in a value of their own. */
  public Bytes toBytes() {
    return Bytes.copyOf(array, offset, length);
  }
}
