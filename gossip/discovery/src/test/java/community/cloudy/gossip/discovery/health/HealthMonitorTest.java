package community.cloudy.gossip.discovery.health;

import static community.cloudy.gossip.discovery.Health.State.FAILING;
import static community.cloudy.gossip.discovery.Health.State.OK;
import static community.cloudy.gossip.discovery.Health.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.serf.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
  private static final Health GOOD = new Health(OK, "good");
  private static final Health BAD = new Health(FAILING, "bad");
  private static final CheckPlan PLAN = CheckPlan.of(new Check.Tcp());
  private static final CheckPlan PUSHED = CheckPlan.of(new Check.Pushed());

  private final VirtualTime time = new VirtualTime();
  private final Map<Target, Health> servers = new HashMap<>();
  private final Map<Target, List<Long>> probes = new HashMap<>();
  private final List<String> changes = new ArrayList<>();
  private long probeNanos = seconds(0.1);

  private final HealthMonitor monitor =
      new HealthMonitor(time, new Random(1), this::probe, this::changed, slowly());

  private static long seconds(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  private static Target target(int port) {
    return new Target("10.0.0.1", port);
  }

  /** The prober is called at the end of the time a probe takes. */
  private Executor slowly() {
    return task -> time.schedule(probeNanos, task);
  }

  private Health probe(Check check, Target target, Duration timeout) {
    assertThat(timeout).isEqualTo(PLAN.timeout());
    probes.computeIfAbsent(target, t -> new ArrayList<>()).add(time.nanoTime());
    Health health = servers.get(target);
    if (health == null) {
      throw new IllegalStateException("no server");
    }
    return health;
  }

  private void changed(String id, Health health) {
    changes.add(id + " " + health.state() + " " + health.evidence());
  }

  private int probesOf(Target target) {
    return probes.getOrDefault(target, List.of()).size();
  }

  private void start(String id, int port, Health health) {
    servers.put(target(port), health);
    monitor.start(id, target(port), PLAN);
  }

  @Test
  void saysOnceThatAServiceWorks() {
    start("web", 80, GOOD);
    assertThat(monitor.report("web")).isEmpty();
    time.pass(seconds(60));
    assertThat(changes).containsExactly("web OK good");
    assertThat(probesOf(target(80))).isBetween(5, 7);
  }

  @Test
  void checksAgainSoonWhenAResultContradicts() {
    start("web", 80, GOOD);
    time.pass(seconds(3));
    servers.put(target(80), BAD);
    time.pass(seconds(9)); // the next regular check is over, and no second one
    assertThat(changes).containsExactly("web OK good");
    time.pass(seconds(6));
    assertThat(changes).containsExactly("web OK good", "web FAILING bad");
    servers.put(target(80), GOOD);
    time.pass(seconds(13));
    assertThat(changes).endsWith("web OK good").hasSize(3);
  }

  @Test
  void oneLostProbeIsNoNews() {
    start("web", 80, GOOD);
    time.pass(seconds(3));
    servers.put(target(80), BAD);
    time.pass(seconds(9.5));
    Report report = monitor.report("web").orElseThrow();
    assertThat(report.health()).isEqualTo(GOOD);
    assertThat(report.last()).isEqualTo(BAD);
    assertThat(report.inRow()).isEqualTo(1);
    servers.put(target(80), GOOD);
    time.pass(seconds(60));
    assertThat(changes).containsExactly("web OK good");
  }

  @Test
  void tellsTheAgeOfTheLastResult() {
    start("web", 80, GOOD);
    time.pass(seconds(5));
    long before = monitor.report("web").orElseThrow().ageNanos();
    time.pass(seconds(2));
    assertThat(monitor.report("web").orElseThrow().ageNanos()).isEqualTo(before + seconds(2));
  }

  @Test
  void theFirstResultIsNewsEvenIfItDecidesNothing() {
    start("web", 80, BAD);
    time.pass(seconds(2.2));
    assertThat(changes).containsExactly("web UNKNOWN bad");
    time.pass(seconds(10));
    assertThat(changes).containsExactly("web UNKNOWN bad", "web FAILING bad");
  }

  @Test
  void aProbeThatThrowsProvesNothing() {
    monitor.start("web", target(80), PLAN);
    time.pass(seconds(2.2));
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0)).startsWith("web UNKNOWN the probe itself failed");
    servers.put(target(80), GOOD);
    time.pass(seconds(12));
    assertThat(changes).endsWith("web OK good");
  }

  @Test
  void neverProbesAServiceTwiceAtOnce() {
    Set<Target> running = new HashSet<>();
    List<Integer> runningWithIt = new ArrayList<>();
    HealthMonitor watched =
        new HealthMonitor(
            time,
            new Random(2),
            (check, target, timeout) -> {
              running.remove(target);
              return GOOD;
            },
            this::changed,
            task -> {
              runningWithIt.add(running.size());
              running.add(target(80));
              time.schedule(seconds(30), task);
            });
    watched.start("web", target(80), PLAN);
    time.pass(seconds(10));
    watched.start("web", target(80), PLAN);
    time.pass(seconds(300));
    assertThat(runningWithIt).hasSizeGreaterThan(5).containsOnly(0);
    assertThat(changes).containsExactly("web OK good");
  }

  @Test
  void doesNotStartAllAtOnce() {
    for (int port = 1; port <= 200; port++) {
      start("s" + port, port, GOOD);
    }
    time.pass(seconds(3));
    assertThat(changes).hasSize(200);
    Map<Long, Integer> perTenth = new HashMap<>();
    probes.values().forEach(times -> perTenth.merge(times.get(0) / seconds(0.1), 1, Integer::sum));
    assertThat(perTenth.values()).allMatch(count -> count < 30);
  }

  @Test
  void aStoppedServiceIsNeitherProbedNorHeard() {
    start("web", 80, GOOD);
    probeNanos = seconds(3);
    time.pass(seconds(2.5)); // the probe is under way
    monitor.stop("web");
    time.pass(seconds(60));
    assertThat(probesOf(target(80))).isEqualTo(1);
    assertThat(changes).isEmpty();
    assertThat(monitor.report("web")).isEmpty();
  }

  @Test
  void aRestartForgetsWhatWasKnown() {
    start("web", 80, GOOD);
    time.pass(seconds(5));
    start("web", 81, BAD);
    assertThat(monitor.report("web")).isEmpty();
    time.pass(seconds(20));
    assertThat(changes).containsExactly("web OK good", "web UNKNOWN bad", "web FAILING bad");
  }

  @Test
  void theListenerMayStopTheService() {
    servers.put(target(80), GOOD);
    List<HealthMonitor> self = new ArrayList<>();
    HealthMonitor once =
        new HealthMonitor(
            time, new Random(3), this::probe, (id, health) -> self.get(0).stop(id), slowly());
    self.add(once);
    once.start("web", target(80), PLAN);
    time.pass(seconds(60));
    assertThat(probesOf(target(80))).isEqualTo(1);
  }

  @Test
  void nothingIsHeardAfterTheEnd() {
    start("web", 80, GOOD);
    monitor.close();
    time.pass(seconds(60));
    assertThat(probesOf(target(80))).isZero();
    assertThat(changes).isEmpty();
  }

  @Test
  void pushedResultsPassTheSameThresholds() {
    monitor.start("sync", target(80), PUSHED);
    monitor.push("sync", GOOD);
    monitor.push("sync", BAD);
    monitor.push("sync", BAD);
    assertThat(changes).containsExactly("sync OK good");
    monitor.push("sync", BAD);
    assertThat(changes).containsExactly("sync OK good", "sync FAILING bad");
    assertThat(probes).isEmpty();
  }

  @Test
  void aModuleThatFallsSilentLeavesNothingGreen() {
    monitor.start("sync", target(80), PUSHED);
    monitor.push("sync", GOOD);
    time.pass(seconds(29));
    monitor.push("sync", GOOD);
    time.pass(seconds(29));
    assertThat(monitor.report("sync").orElseThrow().health()).isEqualTo(GOOD);
    time.pass(seconds(2));
    assertThat(changes)
        .containsExactly("sync OK good", "sync UNKNOWN nobody has reported a result in time");
    monitor.push("sync", GOOD);
    assertThat(changes).hasSize(3).endsWith("sync OK good");
  }

  @Test
  void ignoresResultsOfUnknownServices() {
    monitor.push("other", GOOD);
    assertThat(monitor.report("other")).isEmpty();
    assertThat(changes).isEmpty();
  }

  @Test
  void silenceIsUnknownAndNoReasonToHurry() {
    start("game", 80, new Health(UNKNOWN, "no answer"));
    time.pass(seconds(32));
    assertThat(changes).containsExactly("game UNKNOWN no answer");
    assertThat(probesOf(target(80))).isLessThanOrEqualTo(4);
  }
}
