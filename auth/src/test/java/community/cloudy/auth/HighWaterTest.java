package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HighWaterTest {
  private final ManualClock clock = new ManualClock();
  private final HighWater water = new HighWater(clock);

  @Test
  void followsAGoodClock() {
    water.now();
    clock.advance(Duration.ofDays(3));

    assertThat(water.now()).isEqualTo(clock.instant());
  }

  @Test
  void goesOnFromWhereItWasWhenTheClockIsSetBack() {
    Instant reached = water.now();
    clock.set(Instant.EPOCH);
    assertThat(water.now()).isEqualTo(reached);

    clock.advance(Duration.ofHours(5));
    assertThat(water.now()).isEqualTo(reached.plus(Duration.ofHours(5)));
  }

  @Test
  void followsTheClockAgainWhenItIsPutRight() {
    Instant reached = water.now();
    clock.set(Instant.EPOCH);
    water.now();

    clock.set(reached.plus(Duration.ofDays(2)));
    assertThat(water.now()).isEqualTo(reached.plus(Duration.ofDays(2)));
  }

  @Test
  void takesAtMostADayForASettingOfAClockThatIsBehind() {
    Instant reached = water.now();
    clock.set(Instant.EPOCH);
    water.now();

    clock.set(reached.minus(Duration.ofDays(1)));
    assertThat(water.now()).isEqualTo(reached.plus(Duration.ofDays(1)));
  }

  @Test
  void everythingExpiresInTheEndWhereEachStartShowsTheSameTime() {
    Instant began = water.now();
    Instant reached = began;
    Instant seen = water.seen();
    for (int start = 0; start < 10; start++) {
      clock.set(Instant.EPOCH);
      HighWater next = new HighWater(clock, reached, seen);
      next.now();
      clock.advance(Duration.ofHours(20));
      reached = next.now();
      seen = next.seen();
    }

    assertThat(reached).isEqualTo(began.plus(Duration.ofHours(200)));
  }
}
