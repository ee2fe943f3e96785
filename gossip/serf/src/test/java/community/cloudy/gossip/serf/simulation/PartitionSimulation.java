package community.cloudy.gossip.serf.simulation;

import static community.cloudy.gossip.serf.simulation.Scenario.FEWER;
import static community.cloudy.gossip.serf.simulation.Scenario.LAN;
import static community.cloudy.gossip.serf.simulation.Scenario.SEED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A community of its own that comes apart, beside the others to share the time. */
class PartitionSimulation {
  @BeforeAll
  static void quiet() {
    Scenario.quiet(true);
  }

  @AfterAll
  static void logAgain() {
    Scenario.quiet(false);
  }

  @Test
  void halvesPartedForTenMinutesBecomeOneAgain() {
    Community community = Scenario.grown(SEED, LAN, FEWER);
    community.judge(false);
    community.network().partition(true);
    community.run(600);
    assertThat(community.node(0).alive()).as("seed %d", SEED).isEqualTo((FEWER + 1) / 2);
    community.network().partition(false);
    double seconds = community.runUntilAllSee(FEWER, 300);
    System.out.printf("partition of 10 min healed to one view after %.1f s%n", seconds);
    assertThat(seconds).as("seed %d: one view again", SEED).isNotNegative();
  }
}
