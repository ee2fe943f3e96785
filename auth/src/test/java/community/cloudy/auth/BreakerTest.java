package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private static final Diagnosis DOWN = new Diagnosis("it is down", "Wait.");
  private final ManualClock clock = new ManualClock();
  private final Breaker breaker = new Breaker("ldap://x:389", clock);

  @Test
  void letsOneTryAfterEachPauseAndTheOthersPass() {
    breaker.failed(DOWN);
    for (long seconds : new long[] {1, 2, 4, 8, 16, 30, 30}) {
      clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(breaker.admits()).isFalse();
      clock.advance(Duration.ofMillis(1));
      assertThat(breaker.admits()).isTrue();
      assertThat(breaker.admits()).isFalse();
      breaker.failed(DOWN);
    }
  }

  @Test
  void countsOneFailureThoughManyLoginsSeeIt() {
    for (int i = 0; i < 100; i++) {
      breaker.failed(DOWN);
    }
    clock.advance(Duration.ofSeconds(1));

    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void letsAllBackAfterASuccess() {
    breaker.failed(DOWN);
    clock.advance(Duration.ofSeconds(1));
    assertThat(breaker.admits()).isTrue();
    breaker.succeeded();

    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.failure()).isEmpty();
    breaker.failed(DOWN);
    clock.advance(Duration.ofSeconds(1));
    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void doesNotKeepAServerOutWhenTheClockIsSetBack() {
    breaker.failed(DOWN);
    clock.set(Instant.EPOCH);

    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void saysSinceWhenAndWhy() {
    assertThat(breaker.since()).isEmpty();
    breaker.succeeded();
    Instant good = clock.instant();
    clock.advance(Duration.ofHours(1));
    breaker.succeeded();
    assertThat(breaker.since()).contains(good);

    breaker.failed(DOWN);
    assertThat(breaker.since()).contains(clock.instant());
    assertThat(breaker.failure()).contains(DOWN);
  }
}
