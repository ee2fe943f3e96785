package community.cloudy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RefusalLimitTest {
  private final ManualClock clock = new ManualClock();
  private final RefusalLimit limit = new RefusalLimit(clock);

  @Test
  void writesSoManyAMinuteAndCountsTheRest() {
    for (int i = 0; i < RefusalLimit.A_MINUTE; i++) {
      assertThat(limit.admit("eve")).hasValue(0);
    }
    assertThat(limit.admit("eve")).isEmpty();
    assertThat(limit.admit("eve")).isEmpty();
    assertThat(limit.admit("maria")).hasValue(0);

    clock.advance(Duration.ofMinutes(1));

    assertThat(limit.admit("eve")).hasValue(2);
    assertThat(limit.admit("eve")).hasValue(0);
  }
}
