package community.cloudy.gossip.serf.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.cluster.Members.Outcome;
import community.cloudy.gossip.serf.simulation.VirtualTime;
import community.cloudy.gossip.serf.swim.Peer;
import community.cloudy.gossip.serf.swim.SamplePeer;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Serf's rules of intents and members (specification B4). */
class MembersTest {
  private static final Bytes SELF = Bytes.utf8("self");
  private static final Bytes B = Bytes.utf8("b");

  private final VirtualTime time = new VirtualTime();
  private final List<String> events = new ArrayList<>();
  private final Members members = new Members(time, SELF, this::hear);
  private final Peer self = SamplePeer.of("self", 1, "r");
  private final Peer b = SamplePeer.of("b", 2, "r");

  private void hear(SerfEvent event) {
    SerfEvent.MemberEvent change = (SerfEvent.MemberEvent) event;
    events.add(event.getClass().getSimpleName() + " " + change.member().name());
  }

  private Entry entry(Bytes name) {
    return Objects.requireNonNull(members.find(name));
  }

  private MemberStatus statusOfB() {
    return entry(B).status;
  }

  private void failB() {
    members.joined(b);
    members.left(b);
  }

  @Test
  void aPeerThatComesIsAlive() {
    assertThat(members.joined(b)).isFalse();
    assertThat(statusOfB()).isEqualTo(MemberStatus.ALIVE);
    assertThat(entry(B).toMember().tags()).containsEntry("role", "r");
    assertThat(events).containsExactly("MemberJoined b");
  }

  @Test
  void aPeerThatGoesWithoutAWordHasFailed() {
    failB();
    assertThat(statusOfB()).isEqualTo(MemberStatus.FAILED);
    assertThat(members.failed()).containsExactly(entry(B));
    assertThat(events).containsExactly("MemberJoined b", "MemberFailed b");
  }

  @Test
  void aPeerThatGoesAsItSaidHasLeft() {
    members.joined(b);
    assertThat(members.leaveIntent(B, 5)).isEqualTo(Outcome.NEW);
    assertThat(statusOfB()).isEqualTo(MemberStatus.LEAVING);
    members.left(b);
    assertThat(statusOfB()).isEqualTo(MemberStatus.LEFT);
    assertThat(members.failed()).isEmpty();
    assertThat(events).containsExactly("MemberJoined b", "MemberLeft b");
  }

  @Test
  void whoIsGoneDoesNotGoAgain() {
    failB();
    members.left(b);
    members.left(SamplePeer.of("stranger", 9, "r"));
    assertThat(events).containsExactly("MemberJoined b", "MemberFailed b");
  }

  @Test
  void aFailedMemberThatReturnsIsAliveWithItsNewTags() {
    failB();
    assertThat(members.joined(SamplePeer.of("b", 3, "new"))).isTrue();
    assertThat(statusOfB()).isEqualTo(MemberStatus.ALIVE);
    assertThat(members.failed()).isEmpty();
    assertThat(entry(B).toMember().tags()).containsEntry("role", "new");
    assertThat(entry(B).endpoint().address().at(3)).isEqualTo((byte) 3);
  }

  @Test
  void anUpdateChangesTagsAndIsTold() {
    members.joined(b);
    members.updated(SamplePeer.of("b", 2, "new"));
    members.updated(SamplePeer.of("stranger", 9, "new"));
    assertThat(entry(B).toMember().tags()).containsEntry("role", "new");
    assertThat(events).containsExactly("MemberJoined b", "MemberUpdated b");
  }

  @Test
  void anIntentAheadOfItsMemberIsNewsOnce() {
    assertThat(members.joinIntent(B, 5)).isTrue();
    assertThat(members.joinIntent(B, 5)).isFalse();
    assertThat(members.joinIntent(B, 4)).isFalse();
    assertThat(members.leaveIntent(B, 5)).isEqualTo(Outcome.OLD);
    assertThat(members.leaveIntent(B, 6)).isEqualTo(Outcome.NEW);
    assertThat(members.leaveIntent(B, 6)).isEqualTo(Outcome.OLD);
    members.joined(b);
    assertThat(statusOfB()).isEqualTo(MemberStatus.LEAVING);
    assertThat(entry(B).statusTime).isEqualTo(6);
  }

  @Test
  void aBufferedJoinSetsTheTimeOfTheStatus() {
    members.joinIntent(B, 5);
    members.joined(b);
    assertThat(statusOfB()).isEqualTo(MemberStatus.ALIVE);
    assertThat(entry(B).statusTime).isEqualTo(5);
    assertThat(members.leaveIntent(B, 5)).isEqualTo(Outcome.OLD);
  }

  @Test
  void bufferedIntentsExpire() {
    members.leaveIntent(B, 5);
    time.pass(SECONDS.toNanos(301));
    members.reapOld(1, 1, SECONDS.toNanos(300));
    members.joined(b);
    assertThat(statusOfB()).isEqualTo(MemberStatus.ALIVE);
  }

  @Test
  void strangersFillOnlySoMuchOfTheBuffer() {
    for (int i = 0; i < 4096; i++) {
      assertThat(members.joinIntent(Bytes.utf8("x" + i), 5)).isTrue();
    }
    assertThat(members.joinIntent(Bytes.utf8("more"), 5)).isFalse();
    assertThat(members.joinIntent(Bytes.utf8("x1"), 6)).isTrue();
  }

  @Test
  void intentsNotNewerThanTheLastAreDropped() {
    members.joined(b);
    assertThat(members.leaveIntent(B, 10)).isEqualTo(Outcome.NEW);
    assertThat(members.leaveIntent(B, 10)).isEqualTo(Outcome.OLD);
    assertThat(members.joinIntent(B, 9)).isFalse();
    assertThat(members.joinIntent(B, 10)).isFalse();
    assertThat(statusOfB()).isEqualTo(MemberStatus.LEAVING);
  }

  @Test
  void aNewerJoinTurnsLeavingIntoAlive() {
    members.joined(b);
    members.leaveIntent(B, 10);
    assertThat(members.joinIntent(B, 11)).isTrue();
    assertThat(statusOfB()).isEqualTo(MemberStatus.ALIVE);
    assertThat(entry(B).statusTime).isEqualTo(11);
  }

  @Test
  void aJoinIntentDoesNotRaiseTheFailed() {
    failB();
    assertThat(members.joinIntent(B, 5)).isTrue();
    assertThat(statusOfB()).isEqualTo(MemberStatus.FAILED);
  }

  @Test
  void aForcedLeaveTurnsFailedIntoLeft() {
    failB();
    assertThat(members.leaveIntent(B, 5)).isEqualTo(Outcome.NEW);
    assertThat(statusOfB()).isEqualTo(MemberStatus.LEFT);
    assertThat(members.failed()).isEmpty();
    assertThat(members.leaveIntent(B, 6)).isEqualTo(Outcome.NEW);
    assertThat(events).containsExactly("MemberJoined b", "MemberFailed b", "MemberLeft b");
  }

  @Test
  void refutesThatItLeavesUntilItDoes() {
    members.joined(self);
    assertThat(members.leaveIntent(SELF, 5)).isEqualTo(Outcome.REFUTE);
    assertThat(entry(SELF).status).isEqualTo(MemberStatus.ALIVE);
    members.leaveSelf();
    assertThat(entry(SELF).status).isEqualTo(MemberStatus.LEAVING);
    assertThat(members.leaveIntent(SELF, 6)).isEqualTo(Outcome.NEW);
    assertThat(members.joinIntent(SELF, 7)).isTrue();
    assertThat(entry(SELF).status).isEqualTo(MemberStatus.LEAVING);
  }

  @Test
  void forgetsTheFailedAndTheLeftEachInTheirTime() {
    members.joined(self);
    members.joined(SamplePeer.of("c", 3, "r"));
    members.leaveIntent(Bytes.utf8("c"), 5);
    failB();
    members.left(SamplePeer.of("c", 3, "r"));
    events.clear();
    time.pass(SECONDS.toNanos(10));
    members.reapOld(SECONDS.toNanos(10), SECONDS.toNanos(20), 0);
    assertThat(events).isEmpty();
    time.pass(1);
    members.reapOld(SECONDS.toNanos(10), SECONDS.toNanos(20), 0);
    assertThat(events).containsExactly("MemberReaped b");
    time.pass(SECONDS.toNanos(10));
    members.reapOld(SECONDS.toNanos(10), SECONDS.toNanos(20), 0);
    assertThat(events).containsExactly("MemberReaped b", "MemberReaped c");
    assertThat(members.all()).containsExactly(entry(SELF));
  }

  @Test
  void countsMembersByStatus() {
    members.joined(self);
    failB();
    assertThat(members.count(MemberStatus.ALIVE)).isEqualTo(1);
    assertThat(members.count(MemberStatus.FAILED)).isEqualTo(1);
    members.reap(entry(B));
    assertThat(members.count(MemberStatus.FAILED)).isZero();
    assertThat(members.failed()).isEmpty();
    assertThat(members.size()).isEqualTo(1);
  }
}
