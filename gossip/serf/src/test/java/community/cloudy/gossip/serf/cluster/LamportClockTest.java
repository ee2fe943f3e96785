package community.cloudy.gossip.serf.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.wire.Limits;
import org.junit.jupiter.api.Test;

class LamportClockTest {
  private final LamportClock clock = new LamportClock();

  @Test
  void startsAtOne() {
    assertThat(clock.time()).isEqualTo(1);
  }

  @Test
  void ticksByOneAndReturnsTheTimeBefore() {
    assertThat(clock.tick()).isEqualTo(1);
    assertThat(clock.time()).isEqualTo(2);
  }

  @Test
  void movesPastWhatItWitnesses() {
    clock.witness(41);
    assertThat(clock.time()).isEqualTo(42);
  }

  @Test
  void isNotMovedByThePresentsPast() {
    clock.witness(41);
    clock.witness(41);
    clock.witness(30);
    assertThat(clock.time()).isEqualTo(42);
    clock.witness(42);
    assertThat(clock.time()).isEqualTo(43);
  }

  @Test
  void refusesAFutureNobodyLivesToSee() {
    assertThat(clock.isAbsurd(1L << 40)).isFalse();
    assertThat(clock.isAbsurd((1L << 40) + 2)).isTrue();
    assertThat(clock.isAbsurd(Long.MAX_VALUE)).isTrue();
    assertThat(clock.isAbsurd(-1)).isTrue();
  }

  @Test
  void stopsAtTheLastTimeThatCanBeSaid() {
    clock.witness(Limits.LAMPORT);
    assertThat(clock.time()).isEqualTo(Limits.LAMPORT);
    assertThat(clock.tick()).isEqualTo(Limits.LAMPORT);
    assertThat(clock.time()).isEqualTo(Limits.LAMPORT);
    assertThat(clock.isAbsurd(Limits.LAMPORT)).isTrue();
  }
}
