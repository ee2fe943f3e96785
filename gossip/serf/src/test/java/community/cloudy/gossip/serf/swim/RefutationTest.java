package community.cloudy.gossip.serf.swim;

import static community.cloudy.gossip.serf.swim.Rig.alive;
import static community.cloudy.gossip.serf.swim.Rig.dead;
import static community.cloudy.gossip.serf.swim.Rig.suspect;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.Message;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows of specification A15 about this node, and its leaving. */
class RefutationTest {
  private final Rig rig = Rig.with("b", "c");

  private void refutes(Message accusation, long incarnation) {
    int health = rig.swim.healthScore();
    rig.hear(accusation);
    assertThat(rig.swim.healthScore()).isEqualTo(health + 1);
    assertThat(rig.stateOf("self")).isEqualTo(State.ALIVE);
    assertThat(rig.peer("self").incarnation).isEqualTo(incarnation);
    assertThat(rig.news()).containsExactly(alive("self", 1, incarnation));
  }

  @Test
  void refutesASuspicion() {
    refutes(suspect("self", 1, "b"), 2);
  }

  @Test
  void refutesItsDeath() {
    refutes(dead("self", 1, "b"), 2);
  }

  @Test
  void refutesAForgedFarewell() {
    refutes(dead("self", 1, "self"), 2);
  }

  @Test
  void refutesOtherMetaOfItsOwnIncarnation() {
    refutes(alive("self", 1, 1, Bytes.utf8("other")), 2);
  }

  @Test
  void refutesPastWhatItWasBeforeARestart() {
    refutes(alive("self", 1, 40), 41);
    refutes(suspect("self", 100, "b"), 101);
  }

  @Test
  void doesNotRefuteItsOwnWordsOrOldOnes() {
    rig.hear(suspect("self", 1, "b"));
    rig.rest();
    rig.hear(
        alive("self", 1, 2), alive("self", 1, 1), suspect("self", 1, "b"), dead("self", 1, "b"));
    assertThat(rig.peer("self").incarnation).isEqualTo(2);
    assertThat(rig.count(Counter.REFUTATIONS)).isEqualTo(1);
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void itsOwnNameElsewhereIsAConflict() {
    rig.hear(alive("self", 99, 9));
    assertThat(rig.delegate.heard).containsExactly("conflict self 10.0.0.99:7946");
    assertThat(rig.peer("self").incarnation).isEqualTo(1);
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void anUpdateRaisesTheIncarnationAndIsDoneOnceSent() {
    List<String> done = new ArrayList<>();
    rig.swim.update(Bytes.utf8("new"), () -> done.add("done"));
    assertThat(done).isEmpty();
    assertThat(rig.news()).containsExactly(alive("self", 1, 2, Bytes.utf8("new")));
    assertThat(done).containsExactly("done");
    assertThat(rig.delegate.heard).containsExactly("updated self");
  }

  @Test
  void leavingIsToldUntilSentOftenEnough() {
    List<String> done = new ArrayList<>();
    rig.swim.leave(() -> done.add("done"));
    assertThat(rig.stateOf("self")).isEqualTo(State.LEFT);
    assertThat(done).isEmpty();
    assertThat(rig.news()).containsExactly(dead("self", 1, "self"));
    assertThat(done).containsExactly("done");
  }

  @Test
  void whoLeavesRefutesNothing() {
    rig.swim.leave(() -> {});
    rig.news();
    rig.hear(alive("self", 1, 9), suspect("self", 9, "b"), dead("self", 9, "b"));
    assertThat(rig.stateOf("self")).isEqualTo(State.LEFT);
    assertThat(rig.count(Counter.REFUTATIONS)).isZero();
    rig.news();
    assertThat(rig.sent(Alive.class)).isEmpty();
  }

  @Test
  void leavingAloneIsDoneAtOnce() {
    Rig alone = Rig.with();
    List<String> done = new ArrayList<>();
    alone.swim.leave(() -> done.add("done"));
    alone.time.pass(0);
    assertThat(done).containsExactly("done");
  }
}
