package community.cloudy.gossip.serf.wire;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages captured messages, or makes bytes up. */
final class Mutator {
  private static final int[] TELLING = {
    0x00, 0x01, 0x07, 0x09, 0x0a, 0x0c, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4,
    0xc6, 0xc9, 0xcb, 0xcf, 0xd3, 0xd8, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xf4, 0xff
  };

  private final List<byte[]> seeds;
  private final SplittableRandom random;

  Mutator(List<byte[]> seeds, SplittableRandom random) {
    this.seeds = seeds;
    this.random = random;
  }

  byte[] next() {
    if (random.nextInt(16) == 0) {
      byte[] made = new byte[random.nextInt(200)];
      for (int i = 0; i < made.length; i++) {
        made[i] = any();
      }
      return made;
    }
    byte[] data = seed().clone();
    for (int i = 1 + random.nextInt(4); i > 0 && data.length > 0; i--) {
      data = damaged(data);
    }
    return data;
  }

  private byte[] damaged(byte[] data) {
    int at = random.nextInt(data.length);
    switch (random.nextInt(7)) {
      case 0 -> data[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> data[at] = any();
      case 2 -> {
        return Arrays.copyOf(data, at);
      }
      case 3 -> {
        return spliced(data, at, random.nextInt(data.length), data);
      }
      case 4 -> {
        byte[] other = seed();
        return other.length == 0 ? data : spliced(data, at, random.nextInt(other.length), other);
      }
      case 5 -> {
        for (int i = at; i < Math.min(data.length, at + 4); i++) {
          data[i] = (byte) 0xff;
        }
      }
      default -> {
        byte[] longer = new byte[data.length + 1];
        System.arraycopy(data, 0, longer, 0, at);
        longer[at] = any();
        System.arraycopy(data, at, longer, at + 1, data.length - at);
        return longer;
      }
    }
    return data;
  }

  /** Returns {@code head} up to {@code at}, and {@code tail} from {@code from}. */
  private static byte[] spliced(byte[] head, int at, int from, byte[] tail) {
    byte[] joined = Arrays.copyOf(head, at + tail.length - from);
    System.arraycopy(tail, from, joined, at, tail.length - from);
    return joined;
  }

  private byte any() {
    return (byte)
        (random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : random.nextInt(256));
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }
}
