package community.cloudy.gossip.serf.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable byte string, compared by content.
 *
 * <p>Names, tags and addresses travel as raw bytes that need not be valid UTF-8 and must be passed
 * on unchanged (specification G1, G3), so the protocol cores never turn them into {@link String}.
 */
public final class Bytes implements Comparable<Bytes> {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  /** Computed at the first need, as in {@link String}; a race computes it twice. */
  private int hash;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Returns the UTF-8 bytes of {@code text}. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a copy of {@code source}'s bytes from {@code offset}. */
  public static Bytes copyOf(byte[] source, int offset, int length) {
    return wrap(Arrays.copyOfRange(source, offset, offset + length));
  }

  /** Takes {@code value} over without copying it; the caller must not change it afterwards. */
  public static Bytes wrap(byte[] value) {
    return value.length == 0 ? EMPTY : new Bytes(value);
  }

  /** Returns the number of bytes. */
  public int length() {
    return value.length;
  }

  /** Returns the byte at {@code index}. */
  public byte at(int index) {
    return value[index];
  }

  /** Tells whether there are no bytes. */
  public boolean isEmpty() {
    return value.length == 0;
  }

  /** Returns the bytes themselves, not a copy: callers only read them. */
  public byte[] array() {
    return value;
  }

  /** Returns the text these bytes encode, with U+FFFD for what is not UTF-8. */
  public String utf8() {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** Tells whether these are exactly {@code length} bytes of {@code other} from {@code offset}. */
  public boolean matches(byte[] other, int offset, int length) {
    return Arrays.equals(value, 0, value.length, other, offset, offset + length);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Bytes that && Arrays.equals(value, that.value));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(value);
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return utf8();
  }
}
