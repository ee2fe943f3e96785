package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.simulation.Community;
import community.cloudy.gossip.serf.simulation.Node;
import community.cloudy.gossip.serf.swim.SwimConfig;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A community with services on virtual time, over the real gossip. {@code
 * -Dsimulation.service-nodes=1000} makes it as large as the requirement; a failure names its seed,
 * which {@code -Dsimulation.seed=SEED} replays.
 */
class ServiceSimulation {
  private static final long SEED = Long.getLong("simulation.seed", 20_261_124);
  private static final int NODES = Integer.getInteger("simulation.service-nodes", 100);
  private static final int SERVICES = 10;
  private static final Logger QUIET = Logger.getLogger("community.cloudy");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Community community = new Community(SEED, SwimConfig.of(Profile.LAN));
  private final List<Dads> dads = new ArrayList<>();
  private final Map<Bytes, Boolean> verdicts = new HashMap<>();

  @BeforeAll
  static void hush() {
    QUIET.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    QUIET.setLevel(null);
  }

  private void grow(int count) {
    community.grow(count);
    for (Node node : community.nodes().subList(dads.size(), community.nodes().size())) {
      Dads one = dadsOf(node);
      dads.add(one);
      node.whenStarted(one::start);
    }
  }

  private Dads dadsOf(Node node) {
    TestNode identity = new TestNode(Node.nameOf(node.index()));
    AtomicLong sequences = new AtomicLong();
    return new Dads(
        new Dads.Parts(
            Dads.Settings.of(Profile.LAN),
            new Dads.Identity(
                identity.key(), identity.name(), identity::sign, sequences::incrementAndGet),
            Set.of(),
            node,
            random.split(),
            (record, done) -> node.schedule(1, () -> done.accept(isGenuine(record))),
            node.cluster()::open,
            tag -> {
              SortedMap<Bytes, Bytes> tags = node.cluster().tags();
              tags.put(Bytes.utf8(Dads.TAG), Bytes.utf8(tag));
              node.cluster().setTags(tags, () -> {});
            },
            event -> {}));
  }

  /** Each signature is checked once for all nodes. */
  private boolean isGenuine(SignedAnnouncement record) {
    return verdicts.computeIfAbsent(record.encoded(), bytes -> TestNode.isGenuine(record));
  }

  private void observe(Node observer, SerfEvent event) {
    if (event instanceof SerfEvent.MemberEvent change) {
      dads.get(observer.index()).member(change.member(), event instanceof SerfEvent.MemberReaped);
    }
  }

  private void announce(Dads one, int index) {
    for (int i = 0; i < SERVICES; i++) {
      one.announce("s" + i, TestNode.offer("Service " + i + " of " + index));
    }
  }

  private double runUntil(long seconds, Predicate<Dads> condition) {
    return community.runUntil(seconds, node -> condition.test(dads.get(node.index())));
  }

  private static long services(Dads one) {
    Map<String, Long> metrics = new HashMap<>();
    one.report(metrics);
    return metrics.get("services");
  }

  @Test
  void allNodesKnowAllServicesInSpiteOfLossAndChurn() {
    community.listen(this::observe);
    grow(NODES);
    assertThat(community.runUntilAllSee(NODES, 300)).as("seed %d", SEED).isNotNegative();
    for (int i = 0; i < NODES; i++) {
      int index = i;
      community
          .time()
          .schedule(SECONDS.toNanos(60) / NODES * index, () -> announce(dads.get(index), index));
    }
    double everywhere = runUntil(600, one -> services(one) == (long) NODES * SERVICES);
    System.out.printf(
        "%d nodes x %d services announced within 60 s: all on all after %.1f s%n",
        NODES, SERVICES, everywhere);
    assertThat(everywhere).as("seed %d", SEED).isNotNegative();
    quietMinutes(2);
    oneChangeSpreads();
    churn();
  }

  private void quietMinutes(int minutes) {
    long packets = community.network().packets();
    long bytes = community.network().bytes();
    long streams = community.network().streamBytes();
    community.run(60L * minutes);
    double nodeSeconds = 60.0 * minutes * NODES;
    System.out.printf(
        "quiet: a node sends %.1f packets, %.0f bytes in packets and %.0f in streams a second%n",
        (community.network().packets() - packets) / nodeSeconds,
        (community.network().bytes() - bytes) / nodeSeconds,
        (community.network().streamBytes() - streams) / nodeSeconds);
  }

  private void oneChangeSpreads() {
    Offer changed =
        TestNode.offer("Changed").with(new Health(Health.State.FAILING, "connection refused"));
    dads.get(3).announce("s0", changed);
    double seen =
        runUntil(
            60,
            one ->
                one.known().stream()
                    .map(Dads.Known::announcement)
                    .anyMatch(said -> said.offer().equals(java.util.Optional.of(changed))));
    System.out.printf("one change: on all after %.2f s%n", seen);
    assertThat(seen).as("seed %d", SEED).isNotNegative();
  }

  /**
   * Under loss, a tenth crashes, as many are new, and a fifth of the services is withdrawn, so that
   * a thousand nodes stay within what a catalogue holds, although not at every moment.
   */
  private void churn() {
    community.network().lose(0.1);
    int tenth = NODES / 10;
    for (int i = 0; i < tenth; i++) {
      int victim = NODES - 1 - i;
      community.time().schedule(SECONDS.toNanos(5L * i), () -> community.node(victim).crash());
    }
    for (int i = 0; i < NODES - tenth; i++) {
      dads.get(i).withdraw("s8");
      dads.get(i).withdraw("s9");
    }
    grow(tenth);
    for (int i = NODES; i < NODES + tenth; i++) {
      announce(dads.get(i), i);
    }
    long expected = (long) (NODES - tenth) * (SERVICES - 2) + 2L * tenth * SERVICES;
    double whole = runUntil(1200, one -> services(one) == expected);
    System.out.printf(
        "10%% loss, a tenth crashing and as many joining: all alive nodes equal after %.1f s%n",
        whole);
    assertThat(whole).as("seed %d", SEED).isNotNegative();
    assertThat(dads.stream().limit(NODES - tenth).map(ServiceSimulation::services).distinct())
        .hasSize(1);
    quietMinutes(1);
  }
}
