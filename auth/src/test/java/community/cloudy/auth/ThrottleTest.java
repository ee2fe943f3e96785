package community.cloudy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private final ManualClock clock = new ManualClock();
  private final Throttle throttle = new Throttle(clock);

  private static Optional<InetAddress> address(String text) throws UnknownHostException {
    return Optional.of(InetAddress.getByName(text));
  }

  private void try5(String account, Optional<InetAddress> from) {
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.admit(account, from)).isZero();
    }
  }

  @Test
  void doublesTheWaitOfAnAccountUpToAMinute() {
    try5("maria", Optional.empty());
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      Duration wait = throttle.admit("maria", Optional.empty());
      assertThat(wait).hasSeconds(seconds);
      clock.advance(wait.minusMillis(1));
      assertThat(throttle.admit("maria", Optional.empty())).hasMillis(1);
      clock.advance(Duration.ofMillis(1));
      assertThat(throttle.admit("maria", Optional.empty())).isZero();
    }
    assertThat(throttle.admit("joan", Optional.empty())).isZero();
  }

  @Test
  void countsAttemptsThatRunAtTheSameTime() {
    int admitted = 0;
    for (int i = 0; i < 1000; i++) {
      admitted += throttle.admit("maria", Optional.empty()).isZero() ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(5);
  }

  @Test
  void forgetsAnAccountsFailuresWhenItSucceeds() {
    try5("maria", Optional.empty());
    throttle.succeeded("maria", Optional.empty());

    try5("maria", Optional.empty());
    assertThat(throttle.admit("maria", Optional.empty())).isPositive();
  }

  @Test
  void doesNotLetSuccessesOfOneAccountHideGuessesAtOthers() throws Exception {
    Optional<InetAddress> from = address("10.1.2.3");
    int guesses = 0;
    for (int i = 0; i < 100; i++) {
      if (throttle.admit("own", from).isZero()) {
        throttle.succeeded("own", from);
      }
      guesses += throttle.admit("victim" + i, from).isZero() ? 1 : 0;
    }

    assertThat(guesses).isEqualTo(20);
  }

  @Test
  void slowsAnAddressDownForAllItsAccounts() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(throttle.admit("a" + i, address("10.1.2.3"))).isZero();
    }

    assertThat(throttle.admit("b", address("10.1.2.3"))).hasSeconds(1);
    assertThat(throttle.admit("b", address("10.1.2.4"))).isZero();
  }

  @Test
  void takesAnIpv6NetworkForOneAddress() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(throttle.admit("a" + i, address("2001:db8::" + i))).isZero();
    }

    assertThat(throttle.admit("b", address("2001:db8::ffff"))).isPositive();
    assertThat(throttle.admit("b", address("2001:db8:0:1::1"))).isZero();
  }

  @Test
  void takesBackWhatNobodyCouldJudge() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.admit("maria", address("10.1.2.3"))).isZero();
      throttle.forgive("maria", address("10.1.2.3"));
    }
  }

  @Test
  void forgetsAfterAnHour() {
    try5("maria", Optional.empty());
    clock.advance(Duration.ofHours(1).plusSeconds(1));

    try5("maria", Optional.empty());
  }

  @Test
  void letsPeopleInAgainThoughTheClockIsSetBack() {
    try5("maria", Optional.empty());
    clock.set(Instant.EPOCH);
    assertThat(throttle.admit("maria", Optional.empty())).hasSeconds(1);
    clock.advance(Duration.ofSeconds(1));

    assertThat(throttle.admit("maria", Optional.empty())).isZero();
  }

  @Test
  void remembersTheLatestOfManyThousands() {
    for (int i = 0; i < 100_000; i++) {
      throttle.admit("a" + i, Optional.empty());
    }
    try5("maria", Optional.empty());

    assertThat(throttle.admit("maria", Optional.empty())).isPositive();
  }
}
