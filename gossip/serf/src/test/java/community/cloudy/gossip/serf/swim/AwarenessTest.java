package community.cloudy.gossip.serf.swim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwarenessTest {
  private final Awareness awareness = new Awareness(8);

  @Test
  void startsHealthy() {
    assertThat(awareness.score()).isZero();
    assertThat(awareness.scale(1000)).isEqualTo(1000);
  }

  @Test
  void isNeverBetterThanHealthy() {
    awareness.add(-1);
    assertThat(awareness.score()).isZero();
  }

  @Test
  void isNeverWorseThanTheBoundLessOne() {
    awareness.add(10);
    assertThat(awareness.score()).isEqualTo(7);
    awareness.add(-1);
    assertThat(awareness.score()).isEqualTo(6);
  }

  @Test
  void eachPointIsOneMoreIntervalToWait() {
    awareness.add(2);
    assertThat(awareness.scale(1000)).isEqualTo(3000);
  }
}
