package community.cloudy.gossip.serf.simulation;

import static community.cloudy.gossip.serf.simulation.Scenario.FEWER;
import static community.cloudy.gossip.serf.simulation.Scenario.LAN;
import static community.cloudy.gossip.serf.simulation.Scenario.SEED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Communities of their own: one without TCP pings, and small ones whose traces are compared. */
class LossSimulation {
  @BeforeAll
  static void quiet() {
    Scenario.quiet(true);
  }

  @AfterAll
  static void logAgain() {
    Scenario.quiet(false);
  }

  @Test
  void nobodyIsFalselyDeclaredDeadAtTenPercentLossWithoutTcpPings() {
    Scenario.endure(Scenario.grown(SEED, LAN.withTcpFallback(false), FEWER), false);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    assertThat(traceOf(SEED)).isEqualTo(traceOf(SEED)).isNotEqualTo(traceOf(SEED + 1));
  }

  private static long traceOf(long seed) {
    Community small = Scenario.grown(seed, LAN, 50);
    small.network().lose(0.2);
    small.node(5).crash();
    small.run(120);
    return small.trace();
  }
}
