package community.cloudy.gossip.serf.swim;

import static community.cloudy.gossip.serf.swim.Rig.alive;
import static community.cloudy.gossip.serf.swim.Rig.at;
import static community.cloudy.gossip.serf.swim.Rig.dead;
import static community.cloudy.gossip.serf.swim.Rig.suspect;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.Profile;
import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.RecordingTransport.Sent;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.IndirectPing;
import community.cloudy.gossip.serf.wire.Nack;
import community.cloudy.gossip.serf.wire.Ping;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.Recorder.PingValue;
import community.cloudy.gossip.serf.wire.Suspect;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How this node asks others whether they are alive (specification A11). */
class ProberTest {
  private static final Bytes OLD = Bytes.wrap(new byte[] {1, 2, 2, 2, 5, 5});

  private Rig rig = Rig.with("b", "c", "d", "e");

  private void silenceB() {
    rig.silent.add(at(2));
  }

  private List<Sent> pingsToB() {
    return rig.sent(PingValue.class).stream().filter(sent -> sent.to().equals(at(2))).toList();
  }

  /** Runs until b was pinged in vain and others are asked; returns the question. */
  private IndirectPing untilOthersAreAsked() {
    silenceB();
    while (rig.sent(IndirectPing.class).isEmpty()) {
      rig.time.pass(MILLISECONDS.toNanos(1));
    }
    return (IndirectPing) rig.sent(IndirectPing.class).get(0).message();
  }

  @Test
  void pingsEveryPeerByNameAndMeasuresTheRoundTrip() {
    rig.time.pass(SECONDS.toNanos(6));
    assertThat(rig.sent(PingValue.class))
        .extracting(Sent::to)
        .contains(at(2), at(3), at(4), at(5))
        .doesNotContain(at(1));
    assertThat(((PingValue) pingsToB().get(0).message()).node()).isEqualTo(Bytes.utf8("b"));
    assertThat(rig.delegate.roundTrips).isNotEmpty().containsOnly(MILLISECONDS.toNanos(1));
    assertThat(rig.count(Counter.PROBES_FAILED)).isZero();
    assertThat(rig.sent(IndirectPing.class)).isEmpty();
  }

  @Test
  void probesNeitherTheDeadNorWhoLeft() {
    rig.hear(dead("b", 1, "c"), dead("c", 1, "c"));
    rig.rest();
    rig.time.pass(SECONDS.toNanos(10));
    assertThat(rig.sent(PingValue.class)).extracting(Sent::to).containsOnly(at(4), at(5));
  }

  @Test
  void asksThreeOthersWhenThereIsNoAnswerInTime() {
    IndirectPing question = untilOthersAreAsked();
    assertThat(question.node()).isEqualTo(Bytes.utf8("b"));
    assertThat(question.target()).isEqualTo(at(2).address());
    assertThat(question.nack()).isTrue();
    assertThat(question.seqNo()).isEqualTo(((PingValue) pingsToB().get(0).message()).seqNo());
    assertThat(rig.sent(IndirectPing.class))
        .extracting(Sent::to)
        .containsExactlyInAnyOrder(at(3), at(4), at(5));
  }

  @Test
  void anAnswerThroughOthersIsAsGoodButMeasuresNothing() {
    IndirectPing question = untilOthersAreAsked();
    int measured = rig.delegate.roundTrips.size();
    rig.hearFrom(at(3), new Ack(question.seqNo(), Bytes.EMPTY));
    assertThat(rig.delegate.roundTrips).hasSize(measured);
    rig.time.pass(MILLISECONDS.toNanos(600));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    assertThat(rig.count(Counter.PROBES_FAILED)).isZero();
  }

  private int healthAfterNacks(int nacks) {
    IndirectPing question = untilOthersAreAsked();
    for (int i = 0; i < nacks; i++) {
      rig.hearFrom(at(3 + i), new Nack(question.seqNo()));
    }
    rig.time.pass(MILLISECONDS.toNanos(500));
    assertThat(rig.stateOf("b")).isEqualTo(State.SUSPECT);
    return rig.swim.healthScore();
  }

  @Test
  void isHealthyWhenAllHelpersSayThatTheyHadNoAnswerEither() {
    assertThat(healthAfterNacks(3)).isZero();
    assertThat(rig.count(Counter.SUSPICIONS)).isEqualTo(1);
    assertThat(rig.news()).contains(suspect("b", 1, "self"));
  }

  @Test
  void doubtsItselfByTheNacksItMisses() {
    assertThat(healthAfterNacks(1)).isEqualTo(2);
  }

  @Test
  void doubtsItselfByOneAmongPeersThatKnowNoNacks() {
    rig = new Rig(SwimConfig.of(Profile.LAN));
    rig.hear(alive("b", 2, 1));
    rig.hear(new Alive(1, Bytes.utf8("c"), at(3).address(), 7946, Rig.META, OLD));
    rig.rest();
    assertThat(untilOthersAreAsked().nack()).isFalse();
    rig.time.pass(MILLISECONDS.toNanos(500));
    assertThat(rig.swim.healthScore()).isEqualTo(1);
  }

  @Test
  void anAnswerRestoresItsHealth() {
    rig.hear(suspect("self", 1, "b"));
    assertThat(rig.swim.healthScore()).isEqualTo(1);
    rig.time.pass(SECONDS.toNanos(3));
    assertThat(rig.swim.healthScore()).isZero();
  }

  @Test
  void waitsLongerWhenItDoubtsItself() {
    silenceB();
    rig.hear(suspect("self", 1, "c"), suspect("self", 2, "c"), suspect("self", 3, "c"));
    rig.silent.add(at(3));
    rig.silent.add(at(4));
    rig.silent.add(at(5));
    while (rig.sent(IndirectPing.class).isEmpty()) {
      rig.time.pass(MILLISECONDS.toNanos(1));
    }
    int health = rig.swim.healthScore();
    assertThat(health).isPositive();
    rig.time.pass(MILLISECONDS.toNanos(500 + 1000L * health - 1));
    assertThat(rig.count(Counter.PROBES_FAILED)).isZero();
    rig.time.pass(MILLISECONDS.toNanos(1));
    assertThat(rig.count(Counter.PROBES_FAILED)).isEqualTo(1);
  }

  private long askedByTcp() throws WireException {
    assertThat(rig.transport.requests).hasSize(1);
    assertThat(rig.transport.requests.get(0).to()).isEqualTo(at(2));
    byte[] request = rig.transport.requests.get(0).message().array();
    return ((Ping) rig.streams.decode(request, true)).seqNo();
  }

  @Test
  void anAnswerByTcpKeepsAPeerAlive() throws WireException {
    untilOthersAreAsked();
    Ack ack = new Ack(askedByTcp(), Bytes.EMPTY);
    rig.transport.requests.get(0).handler().reply(rig.streams.encode(ack, false));
    rig.time.pass(MILLISECONDS.toNanos(600));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    assertThat(rig.count(Counter.PROBES_BY_TCP)).isEqualTo(1);
  }

  @Test
  void anAnswerByTcpToAnotherQuestionDoesNot() throws WireException {
    untilOthersAreAsked();
    Ack ack = new Ack(askedByTcp() + 1, Bytes.EMPTY);
    rig.transport.requests.get(0).handler().reply(rig.streams.encode(ack, false));
    rig.time.pass(MILLISECONDS.toNanos(500));
    assertThat(rig.stateOf("b")).isEqualTo(State.SUSPECT);
  }

  @Test
  void doesNotAskByTcpWhenThatIsOff() {
    rig = new Rig(SwimConfig.of(Profile.LAN).withTcpFallback(false));
    rig.hear(alive("b", 2, 1), alive("c", 3, 1));
    rig.rest();
    untilOthersAreAsked();
    assertThat(rig.transport.requests).isEmpty();
  }

  @Test
  void aSuspectHearsOfItWithThePing() {
    silenceB();
    rig.hear(suspect("b", 1, "c"));
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(pingsToB()).isNotEmpty().allMatch(sent -> sent.company() == 2);
    assertThat(rig.sent(Suspect.class))
        .anyMatch(s -> s.to().equals(at(2)) && s.message().equals(suspect("b", 1, "self")));
  }

  @Test
  void pingsAtOnceWhomAnotherAccuses() {
    rig = Rig.with("b", "c");
    rig.hear(suspect("b", 1, "c"));
    assertThat(pingsToB()).hasSize(1);
    rig.hear(suspect("b", 1, "c"));
    assertThat(pingsToB()).hasSize(1);
  }

  @Test
  void accusesNobodyWhenItStalledItself() {
    untilOthersAreAsked();
    rig.time.stall(SECONDS.toNanos(10));
    rig.time.pass(0);
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    assertThat(rig.count(Counter.STALLS)).isPositive();
    assertThat(rig.swim.healthScore()).isEqualTo(1);
  }

  @Test
  void aStallBeforeOthersWereAskedGivesThemTheirWholeTime() {
    silenceB();
    while (pingsToB().isEmpty()) {
      rig.time.pass(MILLISECONDS.toNanos(1));
    }
    rig.time.stall(SECONDS.toNanos(10));
    rig.time.pass(MILLISECONDS.toNanos(999));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
  }

  @Test
  void asksNobodyOnceStopped() {
    untilOthersAreAsked();
    rig.swim.stop();
    rig.transport.sent.clear();
    rig.time.pass(SECONDS.toNanos(60));
    assertThat(rig.transport.sent).isEmpty();
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
  }
}
