package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.VSN;
import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static community.cloudy.gossip.serf.wire.Vectors.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Bytes META = hex("ff80");
  private static final Bytes LONG = Bytes.wrap(new byte[256]);

  @Test
  void acceptsTheLimitsThemselves() {
    Bytes name = Bytes.wrap(new byte[255]);
    Bytes six = Bytes.wrap(new byte[16]);
    Alive alive = new Alive(Limits.U32, name, six, 65535, Bytes.wrap(new byte[512]), VSN);
    Recorder recorder = new Recorder();
    assertThat(decode(alive.encode(), recorder).messages).containsExactly(alive);
    assertThat(new PushPullNode(name, six, 0, META, 0, PushPullNode.State.LEFT, VSN).port())
        .as("the receiver's own port")
        .isZero();
    assertThat(new LeaveIntent(Limits.LAMPORT, name, true).lamportTime()).isEqualTo((1L << 62) - 1);
  }

  @Test
  void refusesAliveOutOfRange() {
    refuses(() -> new Alive(-1, b("a"), local(1), 7946, META, VSN));
    refuses(() -> new Alive(1L << 32, b("a"), local(1), 7946, META, VSN));
    refuses(() -> new Alive(1, Bytes.EMPTY, local(1), 7946, META, VSN));
    refuses(() -> new Alive(1, LONG, local(1), 7946, META, VSN));
    refuses(() -> new Alive(1, b("a"), Bytes.EMPTY, 7946, META, VSN));
    refuses(() -> new Alive(1, b("a"), hex("7f000001ff"), 7946, META, VSN));
    refuses(() -> new Alive(1, b("a"), local(1), 0, META, VSN));
    refuses(() -> new Alive(1, b("a"), local(1), 65536, META, VSN));
    refuses(() -> new Alive(1, b("a"), local(1), 7946, Bytes.wrap(new byte[513]), VSN));
  }

  @Test
  void refusesVsnOfAnyOtherLengthThan6() {
    for (int length = 0; length < 12; length++) {
      if (length != 6) {
        Bytes vsn = Bytes.wrap(new byte[length]);
        PushPullNode.State state = PushPullNode.State.ALIVE;
        refuses(() -> new Alive(1, b("a"), local(1), 7946, META, vsn));
        refuses(() -> new PushPullNode(b("a"), local(1), 7946, META, 1, state, vsn));
      }
    }
  }

  @Test
  void refusesShortVsnFromTheNetwork() {
    MsgpackWriter out = MsgpackWriter.gossip().raw(MessageType.ALIVE).map(4);
    out.key("Addr").bytes(local(1)).key("Node").string("a").key("Port").integer(7946);
    out.key("Vsn").bytes(hex("010502"));
    Recorder recorder = decode(out.toByteArray(), new Recorder());
    assertThat(recorder.messages).isEmpty();
    assertThat(recorder.faults).containsExactly("4: Vsn has 3 bytes, not 6");
  }

  @Test
  void refusesPingsOutOfRange() {
    refuses(() -> new Ping(1L << 32, b("a"), Bytes.EMPTY, 0, Bytes.EMPTY));
    refuses(() -> new Ping(1, b("a"), hex("7f"), 0, Bytes.EMPTY));
    refuses(() -> new IndirectPing(1, local(1), 0, b("a"), true, Bytes.EMPTY, 0, Bytes.EMPTY));
    refuses(() -> new IndirectPing(1, LONG, 1, b("a"), true, Bytes.EMPTY, 0, Bytes.EMPTY));
    refuses(() -> new Nack(-1));
    refuses(() -> new Suspect(1, Bytes.EMPTY, b("a")));
    refuses(() -> new Dead(1, b("a"), LONG));
  }

  @Test
  void refusesLamportTimesNearTheEndOfTheClock() {
    long end = 1L << 62;
    refuses(() -> new LeaveIntent(end, b("a"), false));
    refuses(() -> new JoinIntent(-1, b("a")));
    refuses(() -> new UserEventMessage(end, b("a"), b(""), false));
    refuses(() -> new QueryResponse(end, 1, b("a"), 0, b("")));
    refuses(() -> new SerfPushPull(1, Map.of(), List.of(), end, List.of(), 1));
    refuses(() -> new SerfPushPull.Slot(end, List.of()));
    assertWireFault("01 82 a54c54696d65 cf4000000000000000 a44e6f6465 a161");
    assertWireFault("01 82 a54c54696d65 cfffffffffffffffff a44e6f6465 a161");
    assertWireFault("02 81 ac5374617475734c54696d6573 81 a161 cf4000000000000000");
  }

  @Test
  void refusesQueriesOutOfRange() {
    refuses(() -> query(local(1), 0, 1));
    refuses(() -> query(local(1), 7946, -1));
    refuses(() -> query(local(1), 7946, Limits.QUERY_TIMEOUT + 1));
    refuses(() -> query(hex("7f0001"), 7946, 1));
    assertThat(query(local(1), 7946, Limits.QUERY_TIMEOUT).port()).isEqualTo(7946);
  }

  @Test
  void refusesSerfMessagesThatAreNone() {
    assertWireFault("");
    assertWireFault("0a 80");
    assertWireFault("09 80");
    assertWireFault("01 82 a54c54696d65 01 a44e6f6465 a0");
  }

  @Test
  void refusesMoreEventsThanSlotsHold() {
    MsgpackWriter out = MsgpackWriter.gossip().raw(2).map(1).key("Events").list(3);
    for (int slot = 0; slot < 3; slot++) {
      out.map(1).key("Events").list(4_000);
      for (int i = 0; i < 4_000; i++) {
        out.map(0);
      }
    }
    byte[] message = out.toByteArray();
    assertThatThrownBy(() -> SerfMessage.decode(message, 0, message.length))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("12000 events, over 8192");
  }

  @Test
  void takesEventSlotsThatAreNil() throws WireException {
    byte[] message =
        hex("02 81 a64576656e7473 94 c0 82 a54c54696d65 07 a64576656e7473 c0 c0 c0").array();
    SerfPushPull state = (SerfPushPull) SerfMessage.decode(message, 0, message.length);
    assertThat(state.events()).containsExactly(new SerfPushPull.Slot(7, List.of()));
  }

  private static QueryMessage query(Bytes address, int port, long timeout) {
    return new QueryMessage(
        1, 1, address, port, b("a"), List.of(), 0, 0, timeout, b("q"), Bytes.EMPTY);
  }

  private static void refuses(ThrowingCallable creation) {
    assertThatIllegalArgumentException().isThrownBy(creation);
  }

  private static void assertWireFault(String bytes) {
    Bytes message = hex(bytes);
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> SerfMessage.decode(message.array(), 0, message.length()));
  }

  private static Recorder decode(byte[] datagram, Recorder recorder) {
    try {
      new PacketCodec(Optional.empty(), Bytes.EMPTY, false)
          .decode(datagram, datagram.length, recorder);
      return recorder;
    } catch (WireException e) {
      throw new AssertionError(e);
    }
  }
}
