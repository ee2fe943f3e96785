package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapTrimTest {
  private static final long MIB = 1 << 20;

  private long heap = 27 * MIB;
  private long live = 12 * MIB;
  private int collections;

  private HeapTrim trim() {
    return new HeapTrim(
        () -> heap,
        () -> {
          collections++;
          heap = live;
        });
  }

  @Test
  void collectsAfterTheHeapHasGrownAndNotAgain() {
    try (HeapTrim trim = trim()) {
      trim.look();
      trim.look();
      heap = 40 * MIB;
      trim.look();
      trim.look();
    }

    assertThat(collections).isEqualTo(2);
    assertThat(heap).isEqualTo(12 * MIB);
  }

  @Test
  void leavesAHeapAloneThatIsInUse() {
    try (HeapTrim trim = trim()) {
      live = 40 * MIB;
      heap = 40 * MIB;
      trim.look();
      trim.look();
    }

    assertThat(collections).isEqualTo(1);
  }
}
