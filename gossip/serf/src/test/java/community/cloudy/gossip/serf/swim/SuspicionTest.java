package community.cloudy.gossip.serf.swim;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.simulation.VirtualTime;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionTest {
  private final VirtualTime time = new VirtualTime();
  private final List<Long> fired = new ArrayList<>();

  private static long ms(long millis) {
    return MILLISECONDS.toNanos(millis);
  }

  private Suspicion start(int wanted, long lead) {
    return new Suspicion(
        time,
        Bytes.utf8("me"),
        wanted,
        ms(500),
        ms(2000),
        lead,
        () -> fired.add(NANOSECONDS.toMillis(time.nanoTime())));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,30000",
    "1,2000,14000",
    "2,3000,4810",
    "3,4000,-2000",
    "4,5000,-3000",
    "5,10000,-8000"
  })
  void confirmationsShortenWhatRemains(int confirmations, long elapsed, long remaining) {
    assertThat(Suspicion.remaining(confirmations, 3, ms(elapsed), ms(2000), ms(30_000)))
        .isEqualTo(ms(remaining));
  }

  @ParameterizedTest
  @CsvSource({"0,48000", "1,22762", "2,8000"})
  void aHundredNodesOnALanWaitBetween8And48Seconds(int confirmations, long total) {
    long min = Suspicion.shortest(4, 100, ms(1000));
    assertThat(min).isEqualTo(ms(8000));
    assertThat(Suspicion.remaining(confirmations, 2, 0, min, 6 * min)).isEqualTo(ms(total));
  }

  @ParameterizedTest
  @CsvSource({"0,1000", "5,1000", "10,1000", "50,1698", "100,2000", "500,2698", "1000,3000"})
  void theShortestSuspicionGrowsWithTheCommunity(int members, long millis) {
    assertThat(Suspicion.shortest(1, members, ms(1000))).isEqualTo(ms(millis));
  }

  @ParameterizedTest
  @CsvSource({"0,2000", "1,1250", "2,810", "3,500"})
  void firesSoonerForEachConfirmation(int confirmations, long millis) {
    Suspicion suspicion = start(3, 0);
    for (int i = 0; i < confirmations; i++) {
      assertThat(suspicion.confirm(Bytes.utf8("n" + i))).isTrue();
    }
    time.pass(ms(10_000));
    assertThat(fired)
        .hasSize(1)
        .first()
        .satisfies(at -> assertThat(at / 10).isEqualTo(millis / 10));
  }

  @Test
  void theFirstAccuserAndDuplicatesConfirmNothing() {
    Suspicion suspicion = start(3, 0);
    assertThat(suspicion.confirm(Bytes.utf8("me"))).isFalse();
    assertThat(suspicion.confirm(Bytes.utf8("a"))).isTrue();
    assertThat(suspicion.confirm(Bytes.utf8("a"))).isFalse();
    time.pass(ms(10_000));
    assertThat(fired).containsExactly(1250L);
  }

  @Test
  void noMoreConfirmationsAreTakenThanWanted() {
    Suspicion suspicion = start(1, 0);
    assertThat(suspicion.confirm(Bytes.utf8("a"))).isTrue();
    assertThat(suspicion.confirm(Bytes.utf8("b"))).isFalse();
  }

  @Test
  void firesAtTheLeastWhenNoneAreWanted() {
    Suspicion suspicion = start(0, 0);
    assertThat(suspicion.confirm(Bytes.utf8("a"))).isFalse();
    time.pass(ms(10_000));
    assertThat(fired).containsExactly(500L);
  }

  @Test
  void anOverdueConfirmationFiresAtOnceButLater() {
    Suspicion suspicion = start(1, 0);
    time.pass(ms(1500));
    suspicion.confirm(Bytes.utf8("a"));
    assertThat(fired).isEmpty();
    time.pass(0);
    assertThat(fired).containsExactly(1500L);
  }

  @Test
  void doesNotFireOnceCancelled() {
    start(0, 0).cancel();
    time.pass(ms(10_000));
    assertThat(fired).isEmpty();
  }

  @Test
  void firesAheadByTheLead() {
    start(0, ms(100));
    time.pass(ms(10_000));
    assertThat(fired).containsExactly(400L);
  }

  @Test
  void aTimerLateByAStallWaitsOnceMore() {
    start(0, ms(100));
    time.stall(ms(5000));
    time.pass(ms(99));
    assertThat(fired).isEmpty();
    time.pass(ms(1));
    assertThat(fired).containsExactly(5100L);
  }

  @Test
  void aStallIsExcusedOnlyOnce() {
    start(0, ms(100));
    time.stall(ms(5000));
    time.pass(0);
    time.stall(ms(5000));
    time.pass(0);
    assertThat(fired).containsExactly(10_000L);
  }
}
