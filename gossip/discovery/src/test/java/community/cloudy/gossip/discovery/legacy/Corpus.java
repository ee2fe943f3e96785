package community.cloudy.gossip.discovery.legacy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Services that nodes could announce, from a seed. */
final class Corpus {
  private static final String[] TYPES = {
    "syncthing", "Docker", "proxy3", "serf", "web", "x y", "tahoe-lafs", "l'altre"
  };
  private static final String LETTERS = "abcdefgXYZ0189 _-.='&\"\\+/èñç✓日\ud83d\ude00*?[$`|;";

  private final SplittableRandom random;

  Corpus(SplittableRandom random) {
    this.random = random;
  }

  List<LegacyService> services(int count) {
    return IntStream.range(0, count).mapToObj(i -> service()).toList();
  }

  LegacyService service() {
    return new LegacyService(
        TYPES[random.nextInt(TYPES.length)],
        text(40),
        "node" + random.nextInt(50) + ".guifi.local",
        "10.139." + random.nextInt(256) + "." + random.nextInt(256),
        1 + random.nextInt(65535),
        text(8),
        text(60));
  }

  private String text(int most) {
    int[] points = LETTERS.codePoints().toArray();
    return random
        .ints(random.nextInt(most), 0, points.length)
        .map(i -> points[i])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
