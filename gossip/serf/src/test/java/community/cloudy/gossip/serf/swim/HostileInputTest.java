package community.cloudy.gossip.serf.swim;

import static community.cloudy.gossip.serf.swim.Rig.alive;
import static community.cloudy.gossip.serf.swim.Rig.at;
import static community.cloudy.gossip.serf.swim.Rig.dead;
import static community.cloudy.gossip.serf.swim.Rig.entry;
import static community.cloudy.gossip.serf.swim.Rig.suspect;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.swim.Counters.Counter;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Alive;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.PushPull;
import community.cloudy.gossip.serf.wire.PushPullNode;
import community.cloudy.gossip.serf.wire.PushPullNode.State;
import community.cloudy.gossip.serf.wire.Recorder.AckValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may send: refused, counted, never passed on. */
class HostileInputTest {
  private static final long TOP = 0xffff_ffffL;
  private static final String VSN = "\u00a6\1\5\2\2\5\5";
  private static final String META = "\u00a4meta";

  private final Rig rig = Rig.with("b", "c");

  private static byte[] forged(byte[] message, String good, String bad) {
    String text = new String(message, ISO_8859_1);
    assertThat(text).contains(good);
    int at = text.lastIndexOf(good);
    return (text.substring(0, at) + bad + text.substring(at + good.length())).getBytes(ISO_8859_1);
  }

  private void nothingCameOfIt(Counter counter, long times) {
    assertThat(rig.count(counter)).isEqualTo(times);
    assertThat(rig.knows("evil")).isFalse();
    assertThat(rig.delegate.heard).isEmpty();
    assertThat(rig.news()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00a3\1\5\2", "\u00a0", "\u00c0", "\u00a5\1\5\2\2\5"})
  void refusesAnAliveWithShortVersions(String versions) {
    rig.hearRaw(at(66), forged(alive("evil", 66, 1).encode(), VSN, versions));
    nothingCameOfIt(Counter.REJECTED_MALFORMED, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\5\1\2\2\5\5", "\1\5\143\2\5\5", "\6\7\6\2\5\5", "\1\5\2\0\0\0"})
  void refusesAnAliveWhoseVersionsNoPeerCouldAccept(String versions) {
    rig.hearRaw(at(66), forged(alive("evil", 66, 1).encode(), VSN, "\u00a6" + versions));
    nothingCameOfIt(Counter.REJECTED_VERSION, 1);
  }

  @Test
  void refusesAMetaOf600Bytes() {
    String meta = "\u00da\2X" + "x".repeat(600);
    rig.hearRaw(at(66), forged(alive("evil", 66, 1).encode(), META, meta));
    nothingCameOfIt(Counter.REJECTED_MALFORMED, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00a3\1\5\2", "\u00a0", "\u00a6\5\1\2\2\5\5", "\u00a6\1\5\143\2\5\5"})
  void onePoisonedEntryDoesNotStopTheMerge(String versions) {
    PushPull state =
        new PushPull(
            false,
            List.of(entry("d", 9, 1, State.ALIVE), entry("evil", 66, 1, State.ALIVE)),
            Bytes.EMPTY);
    byte[] request = forged(rig.streams.encode(state, true), VSN, versions);
    assertThat(rig.swim.inbound().stream(at(2), request)).isNotEmpty();
    assertThat(rig.delegate.heard).containsExactly("joined d");
    assertThat(rig.count(Counter.REJECTED_MALFORMED) + rig.count(Counter.REJECTED_VERSION))
        .isEqualTo(1);
    assertThat(rig.news()).containsExactly(alive("d", 9, 1));
  }

  @Test
  void refusesIncarnationsTooFarAhead() {
    rig.hear(
        alive("evil", 66, TOP),
        alive("b", 2, TOP),
        suspect("b", TOP, "evil"),
        dead("b", TOP, "evil"),
        suspect("self", TOP, "evil"),
        dead("self", TOP, "evil"),
        alive("self", 1, TOP));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    assertThat(rig.peer("b").incarnation).isEqualTo(1);
    assertThat(rig.peer("self").incarnation).isEqualTo(1);
    nothingCameOfIt(Counter.REJECTED_JUMP, 7);
  }

  @Test
  void refusesEntriesTooFarAhead() {
    rig.exchange(
        entry("evil", 66, TOP, State.ALIVE),
        entry("b", 2, TOP, State.LEFT),
        entry("c", 3, TOP, State.DEAD));
    nothingCameOfIt(Counter.REJECTED_JUMP, 3);
  }

  @Test
  void survivesBeingDrivenToItsLastIncarnationInSteps() {
    for (long incarnation = 1 << 20; incarnation < TOP; incarnation += 1 << 20) {
      int source = (int) (incarnation >> 20) % 100;
      rig.hearFrom(at(source), suspect("self", incarnation, "evil"));
    }
    rig.hear(suspect("self", TOP, "evil"), dead("self", TOP, "evil"));
    rig.swim.update(Bytes.utf8("new"), () -> {});
    assertThat(rig.stateOf("self")).isEqualTo(State.ALIVE);
    assertThat(rig.peer("self").incarnation).isEqualTo(TOP);
  }

  @Test
  void refusesMoreNodesThanAnyCommunityHas() {
    for (int i = 0; i < Peers.MAX; i++) {
      Endpoint at = new Endpoint(Bytes.wrap(new byte[] {10, 1, (byte) (i >> 8), (byte) i}), 7946);
      Alive alive =
          new Alive(1, Bytes.utf8("x" + i), at.address(), at.port(), Bytes.EMPTY, Swim.VERSIONS);
      rig.hearFrom(at, alive);
    }
    assertThat(rig.swim.peers()).hasSize(Peers.MAX);
    assertThat(rig.count(Counter.REJECTED_FULL)).isEqualTo(3);
    rig.hear(alive("b", 2, 2, Bytes.utf8("known")));
    assertThat(rig.peer("b").meta()).isEqualTo(Bytes.utf8("known"));
  }

  @Test
  void aFloodFromOneSourceIsCutAndOthersAreStillHeard() {
    for (int i = 0; i < 5000; i++) {
      rig.hearFrom(at(66), alive("b", 2, 1));
    }
    assertThat(rig.count(Counter.REJECTED_RATE)).isEqualTo(1000);
    rig.hearFrom(at(3), alive("d", 9, 1));
    assertThat(rig.knows("d")).isTrue();
    rig.rest();
    rig.hearFrom(at(66), alive("e", 10, 1));
    assertThat(rig.knows("e")).isTrue();
  }

  @Test
  void nonsenseIsCounted() {
    rig.hearRaw(at(66), new byte[0]);
    rig.hearRaw(at(66), new byte[] {99});
    rig.hearRaw(at(66), new byte[] {4, (byte) 0xdf, -1, -1, -1, -1});
    assertThat(rig.swim.inbound().stream(at(66), new byte[] {99})).isEmpty();
    assertThat(rig.swim.inbound().stream(at(66), new byte[0])).isEmpty();
    nothingCameOfIt(Counter.REJECTED_MALFORMED, 5);
    assertThat(rig.sent(AckValue.class)).isEmpty();
  }

  @Test
  void aForgedDeathOfAnotherIsItsToRefute() {
    rig.hear(dead("b", 1, "evil"), alive("b", 2, 2));
    assertThat(rig.stateOf("b")).isEqualTo(State.ALIVE);
    PushPullNode left = entry("c", 3, 1, State.LEFT);
    rig.exchange(left);
    rig.hear(alive("c", 3, 2));
    assertThat(rig.stateOf("c")).isEqualTo(State.ALIVE);
  }
}
