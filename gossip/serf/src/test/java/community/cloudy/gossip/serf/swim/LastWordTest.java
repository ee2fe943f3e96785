package community.cloudy.gossip.serf.swim;

import static community.cloudy.gossip.serf.swim.Rig.alive;
import static community.cloudy.gossip.serf.swim.Rig.at;
import static community.cloudy.gossip.serf.swim.Rig.suspect;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.RecordingTransport.Sent;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.Recorder.PingValue;
import community.cloudy.gossip.serf.wire.Suspect;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The questions put to a suspect in the half second before its death after four. */
class LastWordTest {
  private final Rig rig = Rig.with("b", "c");

  private void suspectBUntilMillis(long millis) {
    rig.silent.add(at(2));
    rig.hear(suspect("b", 1, "c"));
    rig.time.pass(MILLISECONDS.toNanos(millis));
    rig.transport.requests.clear();
  }

  private List<Sent> sentToB(Class<?> type) {
    return rig.sent(type).stream().filter(sent -> sent.to().equals(at(2))).toList();
  }

  @Test
  void aSilentSuspectIsAskedFiveTimesThenDead() {
    suspectBUntilMillis(3499);
    rig.transport.sent.clear();
    rig.time.pass(MILLISECONDS.toNanos(500));
    assertThat(rig.stateOf("b")).isEqualTo(State.SUSPECT);
    assertThat(sentToB(PingValue.class)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(sentToB(Suspect.class)).hasSizeGreaterThanOrEqualTo(5);
    rig.time.pass(MILLISECONDS.toNanos(1));
    assertThat(rig.stateOf("b")).isEqualTo(State.DEAD);
    assertThat(rig.count(Counter.DEATHS)).isEqualTo(1);
  }

  @Test
  void aSuspectThatAnswersLivesAndItsStateIsFetched() throws WireException {
    suspectBUntilMillis(3550);
    rig.silent.clear();
    rig.time.pass(MILLISECONDS.toNanos(200));
    assertThat(rig.count(Counter.DEATHS_AVERTED)).isEqualTo(1);
    assertThat(rig.stateOf("b")).isEqualTo(State.SUSPECT);
    assertThat(rig.transport.requests).isNotEmpty();
    byte[] request = rig.transport.requests.get(0).message().array();
    assertThat(rig.streams.decode(request, true)).isInstanceOf(PushPull.class);
    rig.time.pass(SECONDS.toNanos(2));
    assertThat(rig.delegate.heard).isEmpty();
  }

  @Test
  void whoAnsweredOnceAndThenFallsSilentDiesLater() {
    suspectBUntilMillis(3550);
    rig.silent.clear();
    rig.time.pass(MILLISECONDS.toNanos(200));
    rig.silent.add(at(2));
    rig.time.pass(SECONDS.toNanos(5));
    assertThat(rig.stateOf("b")).isEqualTo(State.DEAD);
  }

  @Test
  void aRefutationWhileAskedEndsTheMatter() {
    suspectBUntilMillis(3700);
    rig.hear(alive("b", 2, 2));
    rig.silent.clear();
    rig.time.pass(SECONDS.toNanos(30));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    assertThat(rig.count(Counter.DEATHS)).isZero();
    assertThat(rig.count(Counter.DEATHS_AVERTED)).isZero();
  }

  @Test
  void whoStallsItselfKillsNobodyWhoAnswers() {
    rig.hear(suspect("b", 1, "c"));
    rig.time.stall(SECONDS.toNanos(60));
    rig.time.pass(SECONDS.toNanos(2));
    assertThat(rig.count(Counter.DEATHS)).isZero();
  }
}
