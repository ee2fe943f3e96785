package community.cloudy.gossip.serf.cluster;

import static community.cloudy.gossip.serf.cluster.ClusterRig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Dead;
import community.cloudy.gossip.serf.wire.JoinIntent;
import community.cloudy.gossip.serf.wire.LeaveIntent;
import community.cloudy.gossip.serf.wire.Limits;
import community.cloudy.gossip.serf.wire.MessageType;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.SerfPushPull;
import community.cloudy.gossip.serf.wire.UserEventMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** User events and push/pull on a whole node (specification B5, B6), and what strangers try. */
class ClusterStateTest {
  private static final Bytes B = Bytes.utf8("b");
  private static final Bytes NAME = Bytes.utf8("deploy");
  private static final Bytes PAYLOAD = Bytes.utf8("v1");

  private final ClusterRig rig = ClusterRig.with("b", "c");

  private static PushPull state(
      long time, Map<Bytes, Long> status, List<Bytes> left, List<SerfPushPull.Slot> events) {
    SerfPushPull serf = new SerfPushPull(time, status, left, 100, events, time);
    return new PushPull(false, List.of(), Bytes.wrap(serf.encode()));
  }

  private static List<SerfPushPull.Slot> eventAt(long time) {
    return List.of(new SerfPushPull.Slot(time, List.of(new SerfPushPull.Event(NAME, PAYLOAD))));
  }

  private List<SerfEvent.UserEvent> events() {
    return rig.heard(SerfEvent.UserEvent.class);
  }

  private MemberStatus statusOfB() {
    return rig.cluster.members().stream()
        .filter(member -> member.name().equals("b"))
        .findFirst()
        .orElseThrow()
        .status();
  }

  @Test
  void anEventIsDeliveredHereAndToldToOthersOnce() {
    rig.cluster.userEvent(NAME, PAYLOAD, true);
    UserEventMessage said = new UserEventMessage(1, NAME, PAYLOAD, true);
    assertThat(rig.said(UserEventMessage.class, 900)).containsOnly(said);
    rig.hear(said);
    assertThat(events()).containsExactly(new SerfEvent.UserEvent(1, "deploy", PAYLOAD, true));
    assertThat(rig.cluster.times().events()).isEqualTo(1);
  }

  @Test
  void anEventOfAnotherIsDeliveredAndPassedOnOnce() {
    UserEventMessage event = new UserEventMessage(41, NAME, PAYLOAD, false);
    rig.hear(event);
    rig.said(UserEventMessage.class, 2000);
    rig.transport.sent.clear();
    rig.hear(event);
    assertThat(events()).hasSize(1);
    assertThat(rig.said(UserEventMessage.class, 900)).isEmpty();
    assertThat(rig.cluster.times().events()).isEqualTo(41);
  }

  @Test
  void refusesEventsTooLongBeforeOrAfterEncoding() {
    assertThatThrownBy(() -> rig.cluster.userEvent(NAME, Bytes.wrap(new byte[507]), false))
        .isInstanceOf(SerfException.class)
        .hasMessageContaining("512 bytes before encoding");
    assertThatThrownBy(() -> rig.cluster.userEvent(NAME, Bytes.wrap(new byte[490]), false))
        .hasMessageContaining("512 bytes after encoding");
    assertThat(events()).isEmpty();
    assertThat(rig.cluster.times().events()).isZero();
  }

  @Test
  void aPushPullMovesTheClocksJustBeforeThePeers() {
    rig.exchange(state(50, Map.of(), List.of(), List.of()));
    assertThat(rig.cluster.times()).isEqualTo(new Clocks.Times(49, 99, 49));
  }

  @Test
  void aPushPullBringsIntentsAndEvents() {
    rig.hear(new LeaveIntent(5, B, false));
    assertThat(statusOfB()).isEqualTo(MemberStatus.LEAVING);
    rig.exchange(state(50, Map.of(B, 6L), List.of(), eventAt(42)));
    assertThat(statusOfB()).isEqualTo(MemberStatus.ALIVE);
    assertThat(events()).containsExactly(new SerfEvent.UserEvent(42, "deploy", PAYLOAD, false));
  }

  @Test
  void aPushPullTellsWhoHasLeft() {
    rig.hear(at(3), new Dead(1, B, Bytes.utf8("c")));
    assertThat(statusOfB()).isEqualTo(MemberStatus.FAILED);
    rig.exchange(state(50, Map.of(B, 6L), List.of(B), List.of()));
    assertThat(statusOfB()).isEqualTo(MemberStatus.LEFT);
  }

  @Test
  void aJoinMayIgnoreOldEvents() {
    joinAndMerge(true);
    assertThat(events()).isEmpty();
    joinAndMerge(false);
    assertThat(events()).isEmpty();
  }

  @Test
  void aJoinReplaysOldEventsOtherwise() {
    joinAndMerge(false);
    assertThat(events()).hasSize(1);
  }

  private void joinAndMerge(boolean ignoreOld) {
    rig.names.put("x", new Resolver.Resolution(List.of(at(9)), Optional.empty()));
    rig.transport.requests.clear();
    rig.cluster.join(List.of("x"), ignoreOld, outcome -> {});
    rig.time.pass(0);
    PushPull old = state(50, Map.of(), List.of(), eventAt(42));
    rig.reply(0, new PushPull(true, old.nodes(), old.userState()));
  }

  @Test
  void eventsFromBeforeARestartAreOld() {
    ClusterRig restarted = new ClusterRig(List.of(), Optional.empty());
    restarted.cluster.start(ClusterRig.TAGS, new Clocks.Times(10, 20, 30), List.of());
    restarted.hear(new UserEventMessage(20, NAME, PAYLOAD, false));
    assertThat(restarted.heard(SerfEvent.UserEvent.class)).isEmpty();
    restarted.hear(new UserEventMessage(21, NAME, PAYLOAD, false));
    assertThat(restarted.heard(SerfEvent.UserEvent.class)).hasSize(1);
  }

  @Test
  void refusesTimesTooFarAhead() {
    long far = Limits.LAMPORT - 1;
    rig.hear(new UserEventMessage(far, NAME, PAYLOAD, false));
    rig.hear(new JoinIntent(far, B));
    rig.hear(new LeaveIntent(far, B, true));
    assertThat(rig.count("rejected_jump_total")).isEqualTo(3);
    assertThat(events()).isEmpty();
    assertThat(statusOfB()).isEqualTo(MemberStatus.ALIVE);
    assertThat(rig.cluster.times().events()).isZero();
    assertThat(rig.said(UserEventMessage.class, 900)).isEmpty();
    assertThat(rig.said(JoinIntent.class)).isEmpty();
    assertThat(rig.said(LeaveIntent.class)).isEmpty();
  }

  @Test
  void onePoisonedTimeDoesNotStopTheMerge() {
    long far = Limits.LAMPORT;
    rig.exchange(state(far, Map.of(Bytes.utf8("x"), far), List.of(Bytes.utf8("x")), eventAt(42)));
    assertThat(events()).hasSize(1);
    assertThat(rig.cluster.times().members()).isZero();
    assertThat(rig.count("rejected_jump_total")).isEqualTo(3);
  }

  @Test
  void worksOnAtTheEndOfTime() {
    ClusterRig old = new ClusterRig(List.of(), Optional.empty());
    long last = Limits.LAMPORT - 1;
    old.cluster.start(ClusterRig.TAGS, new Clocks.Times(last, last, last), List.of());
    old.hear(at(2), ClusterRig.alive("b", 2, 1));
    old.cluster.userEvent(NAME, PAYLOAD, false);
    old.cluster.userEvent(NAME, Bytes.utf8("v2"), false);
    old.cluster.intents().join();
    old.cluster.forceLeave(B, false, () -> {});
    old.exchange(state(last, Map.of(B, last), List.of(B), eventAt(last)));
    assertThat(old.heard(SerfEvent.UserEvent.class)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void junkIsCountedAndNotPassedOn() {
    rig.exchange(new PushPull(false, List.of(), Bytes.utf8("junk")));
    rig.deliver(at(2), new byte[] {MessageType.USER, 99, 1});
    assertThat(rig.count("rejected_malformed_total")).isEqualTo(2);
  }
}
