package community.cloudy.gossip.serf.wire;

import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of byte strings seen lately, so that a name or address that comes in every few
 * seconds is not allocated each time.
 *
 * <p>Open addressing in buckets of {@value #WAYS}: a string not found replaces one of its bucket,
 * in turn. A peer that sends ever new or colliding names therefore costs misses, never time or
 * memory. Confined to one thread.
 */
final class Interned {
  /** Longest string kept: names, addresses and versions; rarer ones are not worth the memory. */
  static final int LONGEST = 64;

  private static final int SLOTS = 4_096;
  private static final int WAYS = 4;

  private final @Nullable Bytes[] slots = new @Nullable Bytes[SLOTS];
  private int turn;

  /** Returns the {@code length} bytes at {@code offset}, as the same object if seen lately. */
  Bytes get(byte[] data, int offset, int length) {
    if (length == 0) {
      return Bytes.EMPTY;
    }
    if (length > LONGEST) {
      return Bytes.copyOf(data, offset, length);
    }
    int bucket = bucket(data, offset, length);
    for (int i = bucket; i < bucket + WAYS; i++) {
      Bytes known = slots[i];
      if (known == null) {
        return keep(i, data, offset, length);
      }
      if (known.matches(data, offset, length)) {
        return known;
      }
    }
    turn = (turn + 1) & (WAYS - 1);
    return keep(bucket + turn, data, offset, length);
  }

  private Bytes keep(int slot, byte[] data, int offset, int length) {
    Bytes seen = Bytes.copyOf(data, offset, length);
    slots[slot] = seen;
    return seen;
  }

  private static int bucket(byte[] data, int offset, int length) {
    int end = offset + length;
    int at = offset;
    long hash = length;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      hash = mixed(hash, BigEndian.s64(data, at));
    }
    if (end - at >= Integer.BYTES) {
      hash = mixed(hash, BigEndian.s32(data, at));
      at += Integer.BYTES;
    }
    for (; at < end; at++) {
      hash = mixed(hash, data[at]);
    }
    return (int) (hash >>> 52) & -WAYS;
  }

  private static long mixed(long hash, long word) {
    long product = (hash ^ word) * 0x9e3779b97f4a7c15L; // Fibonacci hashing
    return product ^ (product >>> 32);
  }
}
