package community.cloudy.gossip.serf.swim;

import static community.cloudy.gossip.serf.swim.Rig.alive;
import static community.cloudy.gossip.serf.swim.Rig.at;
import static community.cloudy.gossip.serf.swim.Rig.entry;
import static community.cloudy.gossip.serf.swim.Rig.suspect;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Transport;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.ErrorReply;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.PushPullNode;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateExchangeTest {
  private final Rig rig = Rig.with("b", "c");

  @ParameterizedTest
  @CsvSource({"1,1", "32,1", "33,2", "64,2", "65,3", "128,3", "129,4", "1000,6"})
  void exchangesAreRarerInALargerCommunity(int members, int scale) {
    assertThat(StateExchange.scale(members)).isEqualTo(scale);
  }

  @Test
  void anAliveEntryIsAnAliveMessage() {
    rig.exchange(entry("d", 9, 3, State.ALIVE));
    assertThat(rig.delegate.heard).containsExactly("joined d");
    assertThat(rig.news()).containsExactly(alive("d", 9, 3));
  }

  @Test
  void anEntryOfANodeThatLeftEndsIt() {
    rig.exchange(entry("b", 2, 1, State.LEFT));
    assertThat(rig.stateOf("b")).isEqualTo(State.LEFT);
  }

  @Test
  void aRemoteDeathOnlyMakesASuspect() {
    rig.exchange(entry("b", 2, 1, State.DEAD), entry("c", 3, 1, State.SUSPECT));
    assertThat(rig.stateOf("b")).isEqualTo(State.SUSPECT);
    assertThat(rig.stateOf("c")).isEqualTo(State.SUSPECT);
    assertThat(rig.delegate.heard).isEmpty();
    assertThat(rig.news()).contains(suspect("b", 1, "self"), suspect("c", 1, "self"));
  }

  @Test
  void theDeadAndGoneOfOthersAreNotLearnt() {
    rig.exchange(entry("d", 9, 3, State.DEAD), entry("e", 10, 3, State.LEFT));
    assertThat(rig.knows("d")).isFalse();
    assertThat(rig.knows("e")).isFalse();
  }

  @Test
  void ourOwnDeathIsRefuted() {
    rig.exchange(entry("self", 1, 5, State.DEAD));
    assertThat(rig.news()).containsExactly(alive("self", 1, 6));
  }

  @Test
  void portZeroMeansOurs() {
    PushPullNode node = entry("d", 9, 1, State.ALIVE);
    rig.exchange(
        new PushPullNode(node.name(), node.address(), 0, node.meta(), 1, State.ALIVE, node.vsn()));
    assertThat(rig.peer("d").endpoint()).isEqualTo(at(9));
  }

  @Test
  void answersWithItsStateFromBeforeTheMerge() throws WireException {
    byte[] reply = rig.exchange(entry("d", 9, 3, State.ALIVE));
    PushPull state = (PushPull) rig.streams.decode(reply, false);
    assertThat(state.nodes())
        .extracting(node -> node.name().utf8())
        .containsExactlyInAnyOrder("self", "b", "c");
    assertThat(rig.count(Counter.PUSH_PULLS)).isEqualTo(1);
  }

  @Test
  void mergesTheAnswerItAskedFor() {
    List<Optional<String>> outcomes = new ArrayList<>();
    rig.swim.exchange(at(9), true, outcomes::add);
    PushPull answer = new PushPull(true, List.of(entry("d", 9, 3, State.ALIVE)), Bytes.utf8("s"));
    handler(0).reply(rig.streams.encode(answer, false));
    assertThat(outcomes).containsExactly(Optional.empty());
    assertThat(rig.delegate.heard).containsExactly("joined d", "merge s");
  }

  @Test
  void saysWhyAnExchangeFailed() {
    List<Optional<String>> outcomes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rig.swim.exchange(at(9), true, outcomes::add);
    }
    handler(0).failed("timed out");
    handler(1).reply(rig.streams.encode(new ErrorReply(Bytes.utf8("no key")), false));
    handler(2).reply(new byte[] {99});
    assertThat(outcomes)
        .extracting(Optional::orElseThrow)
        .satisfiesExactly(
            why -> assertThat(why).isEqualTo("timed out"),
            why -> assertThat(why).isEqualTo("the peer answered: no key"),
            why -> assertThat(why).startsWith("the peer's answer is malformed"));
    assertThat(rig.count(Counter.PUSH_PULLS_FAILED)).isEqualTo(3);
  }

  private Transport.ReplyHandler handler(int index) {
    return rig.transport.requests.get(index).handler();
  }
}
