package community.cloudy.gossip.serf.swim;

import static community.cloudy.gossip.serf.swim.Rig.alive;
import static community.cloudy.gossip.serf.swim.Rig.at;
import static community.cloudy.gossip.serf.swim.Rig.dead;
import static community.cloudy.gossip.serf.swim.Rig.suspect;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The rows of specification A15 about other nodes. */
class MembershipTest {
  private static final Bytes OTHER = Bytes.utf8("other");

  private final Rig rig = Rig.with("b", "c");

  @Test
  void takesAnUnknownNodeForAliveAndPassesItOn() {
    rig.hear(alive("d", 9, 1));
    assertThat(rig.stateOf("d")).isEqualTo(State.ALIVE);
    assertThat(rig.peer("d").endpoint()).isEqualTo(at(9));
    assertThat(rig.delegate.heard).containsExactly("joined d");
    assertThat(rig.news()).containsExactly(alive("d", 9, 1));
  }

  @Test
  void passesOnTheVeryBytesItReceived() {
    byte[] plain = alive("d", 9, 1).encode();
    byte[] odd = Arrays.copyOf(plain, plain.length + 1);
    rig.hearRaw(at(2), odd);
    rig.time.pass(MILLISECONDS.toNanos(500));
    assertThat(rig.sent(Alive.class)).isNotEmpty().allMatch(s -> s.raw().equals(Bytes.wrap(odd)));
  }

  @Test
  void ignoresIncarnationZero() {
    rig.hear(alive("d", 9, 0));
    assertThat(rig.knows("d")).isFalse();
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void ignoresAnAliveThatIsNotNewer() {
    rig.hear(alive("b", 2, 1, OTHER));
    assertThat(rig.peer("b").meta()).isEqualTo(Rig.META);
    assertThat(rig.delegate.heard).isEmpty();
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void tellsOfAnUpdateOnlyWhenTheMetaChanged() {
    rig.hear(alive("b", 2, 2));
    assertThat(rig.delegate.heard).isEmpty();
    rig.hear(alive("b", 2, 3, OTHER));
    assertThat(rig.delegate.heard).containsExactly("updated b");
    assertThat(rig.peer("b").meta()).isEqualTo(OTHER);
    assertThat(rig.news()).containsExactly(alive("b", 2, 3, OTHER));
  }

  @Test
  void anotherAddressForAnAliveNameIsAConflictThatChangesNothing() {
    rig.hear(alive("b", 99, 5, OTHER));
    assertThat(rig.delegate.heard).containsExactly("conflict b 10.0.0.99:7946");
    assertThat(rig.peer("b").endpoint()).isEqualTo(at(2));
    assertThat(rig.peer("b").incarnation).isEqualTo(1);
    assertThat(rig.count(Counter.CONFLICTS)).isEqualTo(1);
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void theMappedFormOfAnAddressIsAnotherAddress() {
    Bytes mapped = Bytes.wrap(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 2});
    rig.hear(new Alive(2, Bytes.utf8("b"), mapped, 7946, Rig.META, Swim.VERSIONS));
    assertThat(rig.delegate.heard).hasSize(1).first().asString().startsWith("conflict b");
  }

  @Test
  void theNameOfADeadNodeIsNotTakenOverEither() {
    rig.hear(dead("b", 1, "c"));
    rig.rest();
    rig.hear(alive("b", 99, 5));
    assertThat(rig.delegate.heard).containsExactly("conflict b 10.0.0.99:7946");
    assertThat(rig.stateOf("b")).isEqualTo(State.DEAD);
  }

  @Test
  void whoLeftMayComeBackElsewhereWhateverItsIncarnation() {
    rig.hear(alive("b", 2, 7), dead("b", 7, "b"));
    rig.rest();
    rig.hear(alive("b", 99, 1));
    assertThat(rig.delegate.heard).containsExactly("joined b");
    assertThat(rig.peer("b").endpoint()).isEqualTo(at(99));
    assertThat(rig.peer("b").incarnation).isEqualTo(1);
    assertThat(rig.news()).containsExactly(alive("b", 99, 1));
  }

  @Test
  void whoLeftNeedsANewerIncarnationToComeBackToItsAddress() {
    rig.hear(dead("b", 1, "b"));
    rig.rest();
    rig.hear(alive("b", 2, 1));
    assertThat(rig.stateOf("b")).isEqualTo(State.LEFT);
    rig.hear(alive("b", 2, 2));
    assertThat(rig.delegate.heard).containsExactly("joined b");
  }

  @Test
  void anOldAliveReplayedDoesNotRaiseTheDead() {
    rig.hear(dead("b", 1, "c"));
    rig.rest();
    rig.hear(alive("b", 2, 1));
    assertThat(rig.stateOf("b")).isEqualTo(State.DEAD);
    assertThat(rig.delegate.heard).isEmpty();
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void aSuspicionIsPassedOnWithItsAccuser() {
    rig.hear(suspect("b", 1, "c"));
    assertThat(rig.stateOf("b")).isEqualTo(State.SUSPECT);
    assertThat(rig.delegate.heard).isEmpty();
    assertThat(rig.news()).contains(suspect("b", 1, "c"));
  }

  @Test
  void suspicionsOfStrangersAndOfOldIncarnationsAreIgnored() {
    rig.hear(alive("b", 2, 3));
    rig.rest();
    rig.hear(suspect("nobody", 1, "c"), suspect("b", 2, "c"));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    assertThat(rig.news()).isEmpty();
  }

  @Test
  void aNewerAliveClearsTheSuspicion() {
    rig.hear(suspect("b", 1, "c"), alive("b", 2, 2));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    rig.time.pass(SECONDS.toNanos(60));
    assertThat(rig.delegate.heard).isEmpty();
  }

  @Test
  void aSuspicionNobodyRefutesEndsInDeath() {
    rig.silent.add(at(2));
    rig.hear(suspect("b", 1, "c"));
    rig.time.pass(SECONDS.toNanos(6));
    assertThat(rig.stateOf("b")).isEqualTo(State.DEAD);
    assertThat(rig.delegate.heard).containsExactly("left b");
    assertThat(rig.news()).contains(dead("b", 1, "self"));
  }

  @Test
  void metaThatChangedWhileSuspectIsAnUpdate() {
    rig.hear(suspect("b", 1, "c"), alive("b", 2, 2, OTHER));
    assertThat(rig.delegate.heard).containsExactly("updated b");
  }

  @Test
  void theDeadAreNotSuspected() {
    rig.hear(dead("b", 1, "c"), suspect("b", 1, "c"));
    assertThat(rig.stateOf("b")).isEqualTo(State.DEAD);
  }

  @Test
  void aSecondAccuserIsPassedOnButNotTheSameOneTwice() {
    Rig many = Rig.with("b", "c", "d", "e", "f");
    many.hear(suspect("b", 1, "c"));
    many.news();
    many.hear(suspect("b", 1, "c"));
    assertThat(many.news()).doesNotContain(suspect("b", 1, "c"));
    many.hear(suspect("b", 1, "d"));
    assertThat(many.news()).contains(suspect("b", 1, "d"));
  }

  @Test
  void deathIsToldOnceAndPassedOn() {
    rig.hear(dead("b", 1, "c"), dead("b", 1, "d"), dead("b", 1, "b"));
    assertThat(rig.stateOf("b")).isEqualTo(State.DEAD);
    assertThat(rig.delegate.heard).containsExactly("left b");
    assertThat(rig.news()).containsExactly(dead("b", 1, "c"));
  }

  @Test
  void whoSaysItIsDeadItselfHasLeft() {
    rig.hear(dead("b", 1, "b"));
    assertThat(rig.stateOf("b")).isEqualTo(State.LEFT);
    assertThat(rig.delegate.heard).containsExactly("left b");
  }

  @Test
  void deathsOfStrangersAndOfOldIncarnationsAreIgnored() {
    rig.hear(alive("b", 2, 3));
    rig.rest();
    rig.hear(dead("nobody", 1, "c"), dead("b", 2, "c"));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    assertThat(rig.news()).isEmpty();
  }
}
