package community.cloudy.gossip.serf.cluster;

import static community.cloudy.gossip.serf.cluster.ClusterRig.alive;
import static community.cloudy.gossip.serf.cluster.ClusterRig.at;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.RecordingTransport.Request;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.JoinIntent;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.PushPullNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a node finds its community and never gives up. */
class JoinerTest {
  private static ClusterRig joining(String... addresses) {
    return new ClusterRig(List.of(addresses), Optional.empty());
  }

  private static Resolver.Resolution found(Endpoint... endpoints) {
    return new Resolver.Resolution(List.of(endpoints), Optional.empty());
  }

  /** Fails every request at once and returns the seconds at which they came. */
  private static List<Long> failures(ClusterRig rig, int count) {
    List<Long> times = new ArrayList<>();
    while (times.size() < count) {
      rig.time.pass(MILLISECONDS.toNanos(10));
      for (Request request : List.copyOf(rig.transport.requests)) {
        times.add(rig.time.nanoTime());
        request.handler().failed("refused");
      }
      rig.transport.requests.clear();
    }
    return times;
  }

  private static PushPull stateOfB() {
    PushPullNode b =
        new PushPullNode(
            Bytes.utf8("b"),
            at(2).address(),
            7946,
            Bytes.EMPTY,
            1,
            PushPullNode.State.ALIVE,
            Swim.VERSIONS);
    return new PushPull(true, List.of(b), Bytes.EMPTY);
  }

  @Test
  void triesForEverEverMoreSeldomUpToHalfAMinute() {
    ClusterRig rig = joining("b");
    rig.names.put("b", found(at(2)));
    rig.start(List.of());
    List<Long> times = failures(rig, 20);
    long[] seconds = {1, 2, 4, 8, 16, 30, 30, 30};
    for (int i = 0; i < seconds.length; i++) {
      long gap = NANOSECONDS.toMillis(times.get(i + 1) - times.get(i));
      assertThat(gap).isBetween(1000 * seconds[i] - 20, 1125 * seconds[i] + 20);
    }
  }

  @Test
  void anAddressThatDoesNotResolveIsTriedAgainToo() {
    ClusterRig rig = joining("late");
    rig.start(List.of());
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(rig.transport.requests).isEmpty();
    rig.names.put("late", found(at(2)));
    rig.time.pass(SECONDS.toNanos(10));
    assertThat(rig.transport.requests).extracting(Request::to).containsOnly(at(2));
  }

  @Test
  void doesNotJoinItself() {
    ClusterRig rig = joining("me", "both");
    rig.names.put("me", found(at(1)));
    rig.names.put("both", found(at(1), at(2)));
    rig.start(List.of());
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(rig.transport.requests).extracting(Request::to).containsOnly(at(2));
  }

  @Test
  void looksNowAndThenWhenItsOnlyAddressIsItsOwn() {
    ClusterRig rig = joining("me");
    rig.names.put("me", found(at(1)));
    rig.start(List.of());
    rig.time.pass(SECONDS.toNanos(10));
    rig.names.put("me", found(at(1), at(2)));
    rig.time.pass(SECONDS.toNanos(40));
    assertThat(rig.transport.requests).extracting(Request::to).containsOnly(at(2));
  }

  @Test
  void triesFormerMembersAFewAtATimeAndOthersEachTime() {
    ClusterRig rig = joining();
    Endpoint[] former = new Endpoint[12];
    for (int i = 0; i < former.length; i++) {
      former[i] = at(10 + i);
      rig.names.put(former[i].toString(), found(former[i]));
    }
    rig.start(Arrays.asList(former));
    rig.time.pass(MILLISECONDS.toNanos(10));
    assertThat(rig.transport.requests).hasSize(5);
    Set<Endpoint> tried = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      rig.transport.requests.forEach(request -> tried.add(request.to()));
      failures(rig, 5);
      rig.time.pass(SECONDS.toNanos(40));
    }
    assertThat(tried).containsExactlyInAnyOrder(former);
  }

  @Test
  void saysThatItIsAMemberOnceItIs() {
    ClusterRig rig = joining("b");
    rig.names.put("b", found(at(2)));
    rig.start(List.of());
    rig.time.pass(0);
    rig.reply(0, stateOfB());
    assertThat(rig.said(JoinIntent.class, 900)).contains(new JoinIntent(1, Bytes.utf8("self")));
  }

  @Test
  void withCompanyItStillLooksForWhereNobodyKnownLives() {
    ClusterRig rig = joining("b", "other");
    rig.names.put("b", found(at(2)));
    rig.names.put("other", found(at(9)));
    rig.hear(at(2), alive("b", 2, 1));
    rig.start(List.of());
    rig.hear(at(2), alive("b", 2, 2));
    rig.time.pass(SECONDS.toNanos(400));
    assertThat(rig.transport.requests).extracting(Request::to).contains(at(9));
  }

  @Test
  void triesNoMoreOnceStopped() {
    ClusterRig rig = joining("b");
    rig.names.put("b", found(at(2)));
    rig.start(List.of());
    failures(rig, 2);
    rig.cluster.stop();
    rig.time.pass(SECONDS.toNanos(120));
    assertThat(rig.transport.requests).isEmpty();
  }

  @Test
  void aJoinByHandSaysWhatCameOfEachAddress() {
    ClusterRig rig = new ClusterRig();
    rig.names.put("b", found(at(2)));
    rig.names.put("c", found(at(3)));
    List<JoinOutcome> outcomes = new ArrayList<>();
    rig.cluster.join(List.of("b", "c", "x"), false, outcomes::add);
    rig.time.pass(0);
    rig.reply(0, stateOfB());
    assertThat(outcomes).isEmpty();
    rig.transport.requests.get(1).handler().failed("refused");
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).reached()).isEqualTo(1);
    assertThat(outcomes.get(0).failures())
        .containsExactlyInAnyOrder("x: no such host", "c: refused");
  }

  @Test
  void aJoinOfNothingFails() {
    List<JoinOutcome> outcomes = new ArrayList<>();
    new ClusterRig().cluster.join(List.of(), false, outcomes::add);
    assertThat(outcomes).containsExactly(new JoinOutcome(0, List.of("no address given")));
  }
}
