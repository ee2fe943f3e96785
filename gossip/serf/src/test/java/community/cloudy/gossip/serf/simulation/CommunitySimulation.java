package community.cloudy.gossip.serf.simulation;

import static community.cloudy.gossip.serf.simulation.Scenario.LAN;
import static community.cloudy.gossip.serf.simulation.Scenario.NODES;
import static community.cloudy.gossip.serf.simulation.Scenario.SEED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.MemberStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A thousand nodes in one thread on virtual time, as {@link Scenario} says.
 *
 * <p>Growing a community costs most, so one community goes through all scenarios, in order.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class CommunitySimulation {
  private Community community;

  @BeforeAll
  void grow() {
    Scenario.quiet(true);
    community = Scenario.grown(SEED, LAN, NODES);
  }

  @AfterAll
  void logAgain() {
    Scenario.quiet(false);
  }

  @Test
  @Order(1)
  void nobodyIsFalselyDeclaredDeadAtTenPercentLoss() {
    Scenario.endure(community, true);
  }

  @Test
  @Order(2)
  void aSlowNodeDoesNotMakeOthersFail() {
    for (int i = 0; i < 30; i++) {
      community
          .time()
          .at(
              community.time().now() + SECONDS.toNanos(10L * i),
              () -> community.node(3).stall(SECONDS.toNanos(3)));
    }
    community.run(310);
    assertThat(community.falseDeaths()).as("seed %d", SEED).isEmpty();
  }

  @Test
  @Order(3)
  void aFailureIsSeenByAll() {
    community.node(7).crash();
    double seconds = community.runUntil(120, node -> node.statusOf(7) == MemberStatus.FAILED);
    System.out.printf("failure of one of %d: seen by all after %.1f s%n", NODES, seconds);
    assertThat(seconds).as("seed %d: failure seen by all", SEED).isNotNegative();
    assertThat(community.falseDeaths()).as("seed %d", SEED).isEmpty();
  }
}
