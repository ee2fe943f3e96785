package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.VSN;
import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static community.cloudy.gossip.serf.wire.Vectors.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCodecTest {
  private final StreamCodec codec = new StreamCodec(Optional.empty(), Bytes.EMPTY, true);
  private final StreamCodec blue = new StreamCodec(Optional.empty(), b("blue"), false);

  @Test
  void carriesTenThousandNodes() throws WireException {
    List<PushPullNode> nodes = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      nodes.add(node("node-" + i, i % 255));
    }
    PushPull state = new PushPull(false, nodes, b("state"));
    byte[] framed = codec.encode(state, true);
    assertThat(framed[0]).isEqualTo((byte) MessageType.COMPRESS);
    assertThat(codec.decode(framed, true)).isEqualTo(state);
  }

  @Test
  void compressesOnlyWhatGetsSmaller() {
    assertThat(codec.encode(new Nack(1), true)).isEqualTo(new Nack(1).encode());
  }

  @Test
  void leavesOutNodesThatBreakTheRules() throws WireException {
    MsgpackWriter out = MsgpackWriter.gossip().raw(MessageType.PUSH_PULL).map(2);
    out.key("Nodes").integer(6).key("UserStateLen").integer(1);
    node("a", 1).write(out);
    writeNode(out, "short-vsn", local(2), hex("010502"), 0);
    writeNode(out, "no-vsn", local(2), Bytes.EMPTY, 0);
    writeNode(out, "odd-address", hex("7f0000"), VSN, 0);
    writeNode(out, "odd-state", local(2), VSN, 4);
    node("b", 2).write(out);
    out.raw('x');
    assertThat(codec.decode(out.toByteArray(), true))
        .isEqualTo(new PushPull(false, List.of(node("a", 1), node("b", 2)), b("x"), 4));
  }

  @Test
  void refusesCountsThatTheBytesCannotHold() {
    assertRefused("06 81 a54e6f646573 cd0100", "push/pull is cut short");
    assertRefused("06 81 ac5573657253746174654c656e 05", "push/pull is cut short");
    assertRefused("08 81 aa557365724d73674c656e 05", "msgpack value is cut short");
    assertRefused("06 81 a54e6f646573 ff", "integer -1 is not in 0 to 65536");
  }

  @Test
  void refusesPushPullCutAnywhere() {
    byte[] message = Vectors.bytes("tcp_pushpull_events_left");
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThatThrownBy(() -> codec.decode(cut, true)).isInstanceOf(WireException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"01 80", "03 80", "07 00", "0b 80", "0c 00000000", "ff", "09 80"})
  void refusesTypesThatDoNotTravelInStreams(String bytes) {
    assertThatThrownBy(() -> codec.decode(hex(bytes).array(), true))
        .isInstanceOf(WireException.class);
  }

  @Test
  void refusesEmptyMessagesAndEmptyCompression() {
    assertRefused("", "stream message is empty");
    assertRefused("09 82 a4416c676f 00 a3427566 a3 000302", "compressed stream message is empty");
    assertRefused("09 82 a4416c676f 01 a3427566 a0", "compression algorithm 1 is not known");
  }

  @Test
  void refusesBombs() {
    byte[] zeros = new byte[Limits.STREAM_DECOMPRESSED + 1];
    zeros[0] = MessageType.USER;
    byte[] bomb = codec.encode(zeros, true);
    assertThat(bomb.length).isLessThan(50_000);
    assertThatThrownBy(() -> codec.decode(bomb, true))
        .isInstanceOf(WireException.class)
        .hasMessage("compressed data expands to more than 8388608 bytes");
    byte[] large = new byte[Limits.STREAM + 1];
    assertThatThrownBy(() -> codec.decode(large, true)).isInstanceOf(WireException.class);
  }

  @Test
  void writesAndWantsTheLabelOnTheDialersSideOnly() throws WireException {
    byte[] request = blue.encode(new UserMessage(b("x")), true);
    byte[] reply = blue.encode(new UserMessage(b("x")), false);
    assertThat(request).startsWith(hex("f404626c7565").array());
    assertThat(reply).startsWith(MessageType.USER);
    assertThat(blue.decode(request, true)).isEqualTo(blue.decode(reply, false));
    assertThatThrownBy(() -> blue.decode(reply, true)).hasMessage("label is missing");
    assertThatThrownBy(() -> blue.decode(request, false))
        .hasMessage("label is another community's");
    assertThatThrownBy(() -> codec.decode(request, true))
        .hasMessage("label is another community's");
  }

  @Test
  void refusesLabelCutAnywhere() {
    byte[] request = Vectors.bytes("label_tcp_pushpull_request");
    for (int length = 0; length <= 6; length++) {
      byte[] cut = Arrays.copyOf(request, length);
      assertThatThrownBy(() -> blue.decode(cut, true)).isInstanceOf(WireException.class);
    }
  }

  @Test
  void vouchesForTheLabelInEncryptedReplies() throws WireException {
    byte[] reply = Vectors.bytes("label_enc_tcp_pushpull_reply");
    Optional<Keyring> ring = Vectors.ring("label_enc_tcp_pushpull_reply");
    StreamCodec green = new StreamCodec(ring, b("green"), false);
    assertThatThrownBy(() -> green.decode(reply, false)).isInstanceOf(WireException.class);
    assertThat(new StreamCodec(ring, b("blue"), false).decode(reply, false))
        .isInstanceOf(PushPull.class);
  }

  private void assertRefused(String bytes, String fault) {
    assertThatThrownBy(() -> codec.decode(hex(bytes).array(), true))
        .isInstanceOf(WireException.class)
        .hasMessage(fault);
  }

  private static PushPullNode node(String name, int address) {
    return new PushPullNode(
        b(name), local(address), 7946, hex("ff80"), 1, PushPullNode.State.ALIVE, VSN);
  }

  private static void writeNode(
      MsgpackWriter out, String name, Bytes address, Bytes vsn, int state) {
    out.map(5).key("Name").string(name).key("Addr").bytes(address).key("Vsn").bytes(vsn);
    out.key("State").integer(state).key("Port").integer(7946);
  }
}
