package community.cloudy.gossip.serf.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.swim.SwimConfig;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the simulations share. Each failure names its seed; replay it with {@code
 * -Dsimulation.seed=SEED}. {@code -Dsimulation.minutes=60} makes the lossy minutes the whole hour
 * of the requirement.
 */
final class Scenario {
  static final long SEED = Long.getLong("simulation.seed", 20_261_123);
  static final int NODES = Integer.getInteger("simulation.nodes", 1000);
  // A thousand take minutes each: the suite's time is spent on them once.
  static final int FEWER = Integer.getInteger("simulation.nodes", 300);
  static final SwimConfig LAN = SwimConfig.of(Profile.LAN);
  private static final int LOSSY_MINUTES = Integer.getInteger("simulation.minutes", 1);
  private static final Logger LOG = Logger.getLogger("community.cloudy");

  private Scenario() {}

  static void quiet(boolean now) {
    LOG.setLevel(now ? Level.OFF : null);
  }

  static Community grown(long seed, SwimConfig config, int nodes) {
    Community community = new Community(seed, config);
    community.grow(nodes);
    double seconds = community.runUntilAllSee(nodes, 120);
    assertThat(seconds).as("seed %d: all see all after a mass join", seed).isNotNegative();
    System.out.printf("mass join of %d: all see all after %.1f s%n", nodes, seconds);
    community.run(30);
    return community;
  }

  static void endure(Community community, boolean tcpFallback) {
    community.network().lose(0.1);
    long packets = community.network().packets();
    long bytes = community.network().bytes();
    community.run(60L * LOSSY_MINUTES);
    community.network().lose(0);
    double nodeSeconds = 60.0 * LOSSY_MINUTES * community.nodes().size();
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
}
