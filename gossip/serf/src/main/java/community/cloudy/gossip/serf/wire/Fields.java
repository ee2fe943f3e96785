package community.cloudy.gossip.serf.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The field names of a struct, in the order Go declares them. That order numbers them and decides
 * what a positional array means; on the wire a map has them sorted (specification A2).
 */
final class Fields {
  private final byte[][] sorted;
  private final int[] declared;

  private Fields(byte[][] sorted, int[] declared) {
    this.sorted = sorted;
    this.declared = declared;
  }

  static Fields of(String... names) {
    String[] order = names.clone();
    Arrays.sort(order);
    byte[][] sorted = new byte[names.length][];
    int[] declared = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      sorted[i] = order[i].getBytes(StandardCharsets.US_ASCII);
      declared[i] = Arrays.asList(names).indexOf(order[i]);
    }
    return new Fields(sorted, declared);
  }

  int count() {
    return sorted.length;
  }

  /** Returns the number a field was declared under. */
  int declared(int rank) {
    return declared[rank];
  }

  /**
   * Returns the rank, in sorted order, of the field named so, or -1. A search that starts at the
   * rank after the last one found ends at once for every peer that sorts its keys.
   */
  int rank(byte[] data, int offset, int length, int guess) {
    for (int i = 0; i < sorted.length; i++) {
      int rank = guess + i < sorted.length ? guess + i : guess + i - sorted.length;
      if (matches(sorted[rank], data, offset, length)) {
        return rank;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] name, byte[] data, int offset, int length) {
    return name.length == length && Arrays.equals(name, 0, length, data, offset, offset + length);
  }
}
