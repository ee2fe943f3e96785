package community.cloudy.gossip.serf.simulation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.swim.SwimConfig;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A thousand nodes in one thread on virtual time. Each failure names its seed; replay it with
 * {@code -Dsimulation.seed=SEED}. {@code -Dsimulation.minutes=60} makes the lossy minutes the whole
 * hour of the requirement.
 *
 * <p>Growing a community costs most, so one community goes through all scenarios, in order.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class CommunitySimulation {
  private static final long SEED = Long.getLong("simulation.seed", 20_261_123);
  private static final int NODES = Integer.getInteger("simulation.nodes", 1000);
  private static final int LOSSY_MINUTES = Integer.getInteger("simulation.minutes", 1);
  private static final SwimConfig LAN = SwimConfig.of(Profile.LAN);
  private static final Logger QUIET = Logger.getLogger("community.cloudy");

  private Community community;

  @BeforeAll
  void grow() {
    QUIET.setLevel(Level.OFF);
    community = grown(SEED, LAN, NODES);
  }

  @AfterAll
  void logAgain() {
    QUIET.setLevel(null);
  }

  private static Community grown(long seed, SwimConfig config, int nodes) {
    Community community = new Community(seed, config);
    community.grow(nodes);
    double seconds = community.runUntilAllSee(nodes, 120);
    assertThat(seconds).as("seed %d: all see all after a mass join", seed).isNotNegative();
    System.out.printf("mass join of %d: all see all after %.1f s%n", nodes, seconds);
    community.run(30);
    return community;
  }

  @Test
  @Order(1)
  void nobodyIsFalselyDeclaredDeadAtTenPercentLoss() {
    endure(community, true);
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
  void halvesPartedForTenMinutesBecomeOneAgain() {
    community.judge(false);
    community.network().partition(true);
    community.run(600);
    assertThat(community.node(0).alive()).as("seed %d", SEED).isEqualTo((NODES + 1) / 2);
    community.network().partition(false);
    double seconds = community.runUntilAllSee(NODES, 300);
    System.out.printf("partition of 10 min healed to one view after %.1f s%n", seconds);
    assertThat(seconds).as("seed %d: one view again", SEED).isNotNegative();
    community.run(30);
    community.judge(true);
  }

  @Test
  @Order(4)
  void aFailureIsSeenByAll() {
    community.node(7).crash();
    double seconds = community.runUntil(120, node -> node.statusOf(7) == MemberStatus.FAILED);
    System.out.printf("failure of one of %d: seen by all after %.1f s%n", NODES, seconds);
    assertThat(seconds).as("seed %d: failure seen by all", SEED).isNotNegative();
    assertThat(community.falseDeaths()).as("seed %d", SEED).isEmpty();
  }

  @Test
  @Order(5)
  void nobodyIsFalselyDeclaredDeadAtTenPercentLossWithoutTcpPings() {
    community = null;
    endure(grown(SEED, LAN.withTcpFallback(false), NODES), false);
  }

  private static void endure(Community community, boolean tcpFallback) {
    community.network().lose(0.1);
    long packets = community.network().packets();
    long bytes = community.network().bytes();
    community.run(60L * LOSSY_MINUTES);
    community.network().lose(0);
    double nodeSeconds = 60.0 * LOSSY_MINUTES * NODES;
    System.out.printf(
        "10%% loss for %d min, TCP pings %s: false deaths %d; a node sends %.1f packets and %.0f"
            + " bytes a second%n",
        LOSSY_MINUTES,
        tcpFallback,
        community.falseDeaths().size(),
        (community.network().packets() - packets) / nodeSeconds,
        (community.network().bytes() - bytes) / nodeSeconds);
    assertThat(community.falseDeaths()).as("seed %d", SEED).isEmpty();
  }

  @Test
  @Order(6)
  void theSameSeedGivesTheSameTrace() {
    assertThat(traceOf(SEED)).isEqualTo(traceOf(SEED)).isNotEqualTo(traceOf(SEED + 1));
  }

  private static long traceOf(long seed) {
    Community small = grown(seed, LAN, 50);
    small.network().lose(0.2);
    small.node(5).crash();
    small.run(120);
    return small.trace();
  }
}
