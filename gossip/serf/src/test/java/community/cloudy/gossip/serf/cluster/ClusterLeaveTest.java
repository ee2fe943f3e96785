package community.cloudy.gossip.serf.cluster;

import static community.cloudy.gossip.serf.cluster.ClusterRig.alive;
import static community.cloudy.gossip.serf.cluster.ClusterRig.at;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Dead;
import community.cloudy.gossip.serf.wire.JoinIntent;
import community.cloudy.gossip.serf.wire.LeaveIntent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How members leave, and are made to (specification B4). */
class ClusterLeaveTest {
  private static final Bytes SELF = Bytes.utf8("self");
  private static final Bytes B = Bytes.utf8("b");

  private final List<String> done = new ArrayList<>();
  private ClusterRig rig = ClusterRig.with("b", "c");

  private void leave() {
    rig.cluster.leave(() -> done.add("left"));
  }

  private void fail(String name) {
    rig.hear(at(3), new Dead(1, Bytes.utf8(name), Bytes.utf8("c")));
    rig.rest();
  }

  @Test
  void saysThatItWantsToGoThenThatItIsGoneThenWaitsASecond() {
    leave();
    assertThat(rig.cluster.localMember().status()).isEqualTo(MemberStatus.LEAVING);
    while (rig.heard(SerfEvent.MemberLeft.class).isEmpty()) {
      rig.time.pass(1_000_000);
    }
    assertThat(rig.said(LeaveIntent.class)).isNotEmpty().allMatch(i -> i.node().equals(SELF));
    assertThat(rig.transport.sent).noneMatch(sent -> sent.message() instanceof Dead);
    assertThat(rig.time.nanoTime()).isLessThan(SECONDS.toNanos(5));
    rig.time.pass(SECONDS.toNanos(1));
    assertThat(done).isEmpty();
    assertThat(rig.transport.sent).anyMatch(s -> s.message().equals(new Dead(1, SELF, SELF)));
    rig.time.pass(SECONDS.toNanos(2));
    assertThat(done).containsExactly("left");
  }

  @Test
  void isSilentOnceItHasLeft() {
    leave();
    rig.time.pass(SECONDS.toNanos(12));
    assertThat(done).containsExactly("left");
    rig.rest();
    rig.time.pass(SECONDS.toNanos(120));
    assertThat(rig.transport.sent).isEmpty();
    assertThat(rig.transport.requests).isEmpty();
  }

  @Test
  void aLoneNodeLeavesAtOnce() {
    rig = new ClusterRig();
    leave();
    rig.time.pass(0);
    assertThat(done).containsExactly("left");
  }

  @Test
  void leavingTwiceChangesNothing() {
    leave();
    leave();
    rig.time.pass(SECONDS.toNanos(12));
    assertThat(done).hasSize(2);
    assertThat(rig.heard(SerfEvent.MemberLeft.class)).hasSize(1);
  }

  @Test
  void refutesThatItLeavesWhenOthersSaySo() {
    rig.hear(new LeaveIntent(7, SELF, false));
    assertThat(rig.said(JoinIntent.class, 900)).contains(new JoinIntent(8, SELF));
    assertThat(rig.said(LeaveIntent.class)).isEmpty();
    assertThat(rig.cluster.localMember().status()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void neitherIsItPruned() {
    rig.hear(new LeaveIntent(7, SELF, true));
    rig.time.pass(SECONDS.toNanos(20));
    assertThat(rig.cluster.localMember().status()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void aForcedLeaveIsToldAndTurnsFailedIntoLeft() {
    fail("b");
    rig.cluster.forceLeave(B, false, () -> done.add("forced"));
    assertThat(rig.heard(SerfEvent.MemberLeft.class)).hasSize(1);
    assertThat(rig.said(LeaveIntent.class, 900)).isNotEmpty().allMatch(i -> i.node().equals(B));
    assertThat(done).containsExactly("forced");
  }

  @Test
  void pruningForgetsAtOnce() {
    fail("b");
    rig.cluster.forceLeave(B, true, () -> {});
    assertThat(rig.heard(SerfEvent.MemberReaped.class)).hasSize(1);
    assertThat(rig.cluster.members()).noneMatch(member -> member.name().equals("b"));
    assertThat(rig.said(LeaveIntent.class, 900)).isNotEmpty().allMatch(LeaveIntent::prune);
  }

  @Test
  void pruningAMemberThatIsLeavingWaitsForIt() {
    rig.hear(new LeaveIntent(7, B, true));
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(rig.heard(SerfEvent.MemberReaped.class)).isEmpty();
    rig.time.pass(SECONDS.toNanos(2));
    assertThat(rig.heard(SerfEvent.MemberReaped.class)).hasSize(1);
  }

  @Test
  void aMemberThatChangedItsMindIsNotPruned() {
    rig.hear(new LeaveIntent(7, B, true));
    rig.hear(new JoinIntent(8, B));
    rig.time.pass(SECONDS.toNanos(10));
    assertThat(rig.heard(SerfEvent.MemberReaped.class)).isEmpty();
  }

  @Test
  void leaveIntentsOutOfOrderDoNotCircleForEver() {
    rig.hear(new LeaveIntent(9, B, false));
    rig.hear(new LeaveIntent(8, B, false));
    rig.hear(new LeaveIntent(9, B, false));
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(rig.said(LeaveIntent.class)).containsOnly(new LeaveIntent(9, B, false));
    assertThat(rig.count("queue_intents")).isZero();
  }

  @Test
  void aMemberMayReturnAfterItWasPruned() {
    fail("b");
    rig.cluster.forceLeave(B, true, () -> {});
    rig.hear(at(2), alive("b", 2, 2));
    assertThat(rig.heard(SerfEvent.MemberJoined.class)).hasSize(1);
    assertThat(rig.cluster.members()).anyMatch(member -> member.name().equals("b"));
  }
}
