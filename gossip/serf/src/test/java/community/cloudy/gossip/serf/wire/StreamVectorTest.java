package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.VSN;
import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static community.cloudy.gossip.serf.wire.Vectors.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamVectorTest {
  @Test
  void decodesPingAndAck() throws WireException {
    assertThat(Recorder.value((Ping) decoded("tcp_ping_request")))
        .isEqualTo(new Recorder.PingValue(4, b("d"), local(13), 7946, b("c")));
    assertThat(Recorder.value((Ack) decoded("tcp_ping_reply")))
        .isEqualTo(new Recorder.AckValue(4, Bytes.EMPTY));
  }

  @Test
  void decodesErrorsAndUserMessages() throws WireException {
    assertThat(decoded("tcp_err_reply_plain"))
        .isEqualTo(new ErrorReply(b("Remote state is encrypted and encryption is not configured")));
    assertThat(decoded("tcp_err_reply_encrypted"))
        .isEqualTo(new ErrorReply(b("Encryption is configured but remote state is not encrypted")));
    assertThat(decoded("tcp_user_msg")).isEqualTo(new UserMessage(b("tcp-hi")));
  }

  @Test
  void decodesJoin() throws WireException {
    PushPull request = (PushPull) decoded("tcp_pushpull_join_request");
    assertThat(request.join()).isTrue();
    assertThat(request.nodes())
        .containsExactly(node("b", local(12), hex("ff81a4726f6c65a26462"), 0));
    assertThat(serf(request)).isEqualTo(lone("b"));
    PushPull reply = (PushPull) decoded("tcp_pushpull_join_reply");
    assertThat(reply.nodes())
        .containsExactly(node("a", local(11), hex("ff82a4726f6c65a3776562a26463a3657531"), 0));
    assertThat(serf(reply)).isEqualTo(lone("a"));
    assertThat(serf((PushPull) decoded("enc_v1_tcp_pushpull_request"))).isEqualTo(lone("b"));
    assertThat(serf((PushPull) decoded("enc_v1_tcp_pushpull_reply"))).isEqualTo(lone("a"));
    assertThat(serf((PushPull) decoded("enc_v1_tcp_pushpull_compressed"))).isEqualTo(lone("b"));
    assertThat(serf((PushPull) decoded("tcp_pushpull_compressed_request"))).isEqualTo(lone("b"));
    assertThat(serf((PushPull) decoded("tcp_pushpull_compressed_reply"))).isEqualTo(lone("a"));
  }

  @Test
  void decodesEventsAndLeftMembers() throws WireException {
    PushPull state = (PushPull) decoded("tcp_pushpull_events_left");
    assertThat(state.nodes())
        .containsExactly(
            node("l", local(14), hex("ff80"), 3),
            node("a", local(11), hex("ff82a4726f6c65a3776562a86d792d7461672e78a3312032"), 0),
            node("b", local(12), hex("ff81a4726f6c65a26462"), 0));
    assertThat(serf(state))
        .isEqualTo(
            new SerfPushPull(
                3,
                Map.of(b("b"), 1L, b("l"), 2L, b("a"), 0L),
                List.of(b("l")),
                3,
                List.of(
                    new SerfPushPull.Slot(
                        1,
                        List.of(
                            new SerfPushPull.Event(b("deploy"), b("v1.2.3")),
                            new SerfPushPull.Event(b("bump"), Bytes.EMPTY))),
                    new SerfPushPull.Slot(
                        2, List.of(new SerfPushPull.Event(b("restart"), b("now\n"))))),
                2));
    SerfPushPull serf = serf(state);
    byte[] compact = serf.encode();
    assertThat(compact.length).isLessThan(state.userState().length() - 500);
    assertThat(SerfMessage.decode(compact, 0, compact.length)).isEqualTo(serf);
  }

  @Test
  void decodesSixteenByteAddress() throws WireException {
    PushPull state = (PushPull) decoded("tcp_pushpull_ipv6_reply");
    Bytes loopback = hex("00000000000000000000000000000001");
    assertThat(state.nodes())
        .containsExactly(
            new PushPullNode(
                b("z"),
                loopback,
                17946,
                hex("ff81a4726f6c65a27636"),
                1,
                PushPullNode.State.ALIVE,
                VSN));
    assertThat(state.join()).isFalse();
  }

  @Test
  void decodesLabelled() throws WireException {
    PushPull request = (PushPull) decoded("label_tcp_pushpull_request");
    assertThat(request.userState()).isEqualTo(b("state-b"));
    assertThat(decoded("label_enc_tcp_pushpull_request")).isEqualTo(request);
    assertThat(((PushPull) decoded("label_tcp_pushpull_reply")).userState())
        .isEqualTo(((PushPull) decoded("label_enc_tcp_pushpull_reply")).userState());
  }

  @Test
  void decodesEncryptionVersion0() throws WireException {
    assertThat(decoded("enc_v0_tcp_pushpull"))
        .isEqualTo(new PushPull(true, List.of(node("x2", local(32), hex("ff80"), 0)), Bytes.EMPTY));
  }

  @Test
  void decodesHeaderOfTheNewerWriter() throws WireException {
    byte[] header = Vectors.bytes("head_pushpull_header");
    assertThat(PushPull.Header.read(new MsgpackReader().reset(header, 1, header.length - 1)))
        .isEqualTo(new PushPull.Header(200, 70_000, true));
  }

  @Test
  void refusesEncryptedRequestWithoutKey() {
    byte[] request = Vectors.bytes("tcp_err_request_encrypted_to_plain");
    StreamCodec plain = new StreamCodec(Optional.empty(), Bytes.EMPTY, true);
    assertThatThrownBy(() -> plain.decode(request, true))
        .isInstanceOfSatisfying(
            RefusedStreamException.class,
            refused ->
                assertThat(plain.encode(refused.reply(), false))
                    .isEqualTo(Vectors.bytes("tcp_err_reply_plain")));
  }

  @Test
  void refusesPlainRequestWithKeyInAnEncryptedAnswer() {
    byte[] request = Vectors.bytes("tcp_pushpull_join_request");
    StreamCodec codec =
        new StreamCodec(
            Optional.of(
                new Keyring(
                    List.of(Vectors.KEY),
                    out ->
                        System.arraycopy(hex("c59574032e512583a240d7c7").array(), 0, out, 0, 12))),
            Bytes.EMPTY,
            false);
    assertThatThrownBy(() -> codec.decode(request, true))
        .isInstanceOfSatisfying(
            RefusedStreamException.class,
            refused ->
                assertThat(codec.encode(refused.reply(), false))
                    .isEqualTo(Vectors.bytes("tcp_err_reply_encrypted")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp_ping_request",
        "tcp_ping_reply",
        "tcp_user_msg",
        "tcp_err_reply_plain",
        "tcp_pushpull_join_request",
        "tcp_pushpull_join_reply",
        "tcp_pushpull_compressed_request",
        "tcp_pushpull_compressed_reply",
        "tcp_pushpull_events_left",
        "tcp_pushpull_ipv6_reply",
        "enc_v1_tcp_pushpull_request",
        "enc_v1_tcp_pushpull_reply",
        "enc_v1_tcp_pushpull_compressed",
        "label_tcp_pushpull_request",
        "label_tcp_pushpull_reply",
        "label_enc_tcp_pushpull_request",
        "label_enc_tcp_pushpull_reply"
      })
  void encodesTheSameStream(String name) throws WireException {
    boolean dialer = !name.endsWith("reply");
    boolean compressed = name.contains("compressed");
    StreamCodec codec = codec(name, compressed);
    Message message = codec.decode(Vectors.bytes(name), dialer);
    assertThat(codec.encode(message, dialer)).isEqualTo(Vectors.bytes(name));
    assertThat(codec(name, compressed).encode(message.encode(), dialer))
        .isEqualTo(Vectors.bytes(name));
  }

  private static Message decoded(String name) throws WireException {
    return codec(name, false).decode(Vectors.bytes(name), !name.endsWith("reply"));
  }

  private static StreamCodec codec(String name, boolean compression) {
    return new StreamCodec(
        name.contains("enc_") || name.endsWith("_encrypted")
            ? Vectors.ring(name)
            : Optional.empty(),
        name.startsWith("label_") ? b("blue") : Bytes.EMPTY,
        compression);
  }

  private static PushPullNode node(String name, Bytes address, Bytes meta, int state) {
    PushPullNode.State[] states = PushPullNode.State.values();
    return new PushPullNode(b(name), address, 7946, meta, 1, states[state], VSN);
  }

  private static SerfPushPull lone(String name) {
    return new SerfPushPull(1, Map.of(b(name), 0L), List.of(), 1, List.of(), 1);
  }

  private static SerfPushPull serf(PushPull state) throws WireException {
    Bytes user = state.userState();
    return (SerfPushPull) SerfMessage.decode(user.array(), 0, user.length());
  }
}
