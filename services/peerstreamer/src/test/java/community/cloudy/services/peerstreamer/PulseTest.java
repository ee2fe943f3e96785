package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PulseTest {
  private static final Instant BEGAN = Instant.parse("2026-11-29T20:00:00Z");

  private final Pulse pulse =
      new Pulse(BEGAN, Duration.ofSeconds(10), Duration.ofSeconds(30), 1000);

  private void saw(int second, long bytes) {
    pulse.saw(BEGAN.plusSeconds(second), bytes);
  }

  @Test
  void aStreamFlowsWhileBytesComeAndIsSilentThenDead() {
    for (int second = 1; second <= 5; second++) {
      saw(second, second * 50_000L);
    }
    assertThat(pulse.kbit()).isEqualTo(400);
    assertThat(pulse.flows()).isTrue();
    saw(9, 250_000);
    assertThat(pulse.flows()).isFalse();
    assertThat(pulse.hasCarried()).isTrue();
    saw(34, 250_000);
    assertThat(pulse.isDead()).isFalse();
    saw(35, 250_000);
    assertThat(pulse.isDead()).isTrue();
    assertThat(pulse.kbit()).isZero();
  }

  @Test
  void aStreamThatNeverBeganIsDeadSooner() {
    saw(9, 0);
    assertThat(pulse.isDead()).isFalse();
    saw(10, 0);
    assertThat(pulse.isDead()).isTrue();
  }

  @Test
  void aBurstIsAllowedAndALastingExcessIsNot() {
    saw(1, 2_000_000);
    assertThat(pulse.isTooMuch()).isFalse();
    saw(9, 2_100_000);
    assertThat(pulse.isTooMuch()).isTrue();
    for (int second = 10; second < 30; second++) {
      saw(second, 2_100_000 + (second - 9) * 130_000L);
    }
    assertThat(pulse.kbit()).isBetween(1030, 1050);
    assertThat(pulse.isTooMuch()).as("within the tolerance").isFalse();
  }
}
