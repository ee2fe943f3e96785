package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.VSN;
import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static community.cloudy.gossip.serf.wire.Vectors.local;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketVectorTest {
  private static final String ORIGIN =
      "0184aa41646a7573746d656e74cb0000000000000000a54572726f72cb3ff8000000000000"
          + "a6486569676874cb3ee4f8b588e368f1a356656398"
          + "cb0000000000000000".repeat(8);

  private static final Bytes ROLE_DB = hex("ff81a4726f6c65a26462");
  private static final Bytes WEB_EU = hex("ff82a4726f6c65a3776562a26463a3657531");

  @Test
  void decodesPing() throws WireException {
    assertThat(decoded("ping")).containsExactly(ping(1, "a", 12, "b"));
    assertThat(decoded("label_udp_ping")).containsExactly(ping(1, "b", 31, "a"));
    assertThat(decoded("label_enc_udp_ping")).containsExactly(ping(1, "b", 31, "a"));
    assertThat(decoded("enc_v1_udp_ping")).containsExactly(ping(1, "b", 11, "a"));
    assertThat(decoded("enc_v0_udp_ping"))
        .containsExactly(new Recorder.PingValue(10, b(""), b(""), 0, b("")));
  }

  @Test
  void decodesAckAndNack() throws WireException {
    assertThat(decoded("ack_coord_origin")).containsExactly(new Recorder.AckValue(1, hex(ORIGIN)));
    assertThat(decoded("enc_v1_udp_ack")).containsExactly(new Recorder.AckValue(1, hex(ORIGIN)));
    assertThat(decoded("ack_coord"))
        .singleElement()
        .isInstanceOfSatisfying(
            Recorder.AckValue.class,
            ack -> {
              assertThat(ack.seqNo()).isEqualTo(1);
              assertThat(ack.payload().length()).isEqualTo(130);
            });
    assertThat(decoded("nack")).containsExactly(new Nack(4));
  }

  @Test
  void decodesIndirectPing() throws WireException {
    assertThat(decoded("indirect_ping"))
        .containsExactly(
            new IndirectPing(4, local(14), 7946, b("d"), true, local(13), 7946, b("c")));
  }

  @Test
  void decodesSuspectAndDead() throws WireException {
    assertThat(decoded("suspect_crc")).containsExactly(new Suspect(1, b("d"), b("c")));
    assertThat(decoded("dead_crc")).containsExactly(new Dead(2, b("d"), b("b")));
    assertThat(decoded("dead_left_crc")).containsExactly(new Dead(2, b("b"), b("b")));
  }

  @Test
  void decodesAlive() throws WireException {
    assertThat(decoded("alive_refute_crc")).containsExactly(alive(2, "d", 14, hex("ff80")));
    assertThat(decoded("alive_tags_update_crc"))
        .containsExactly(alive(2, "b", 12, hex("ff82a5636f6c6f72a4626c7565a4726f6c65a26462")));
  }

  @Test
  void decodesCompound() throws WireException {
    List<Object> two = List.of(alive(1, "a", 11, WEB_EU), alive(1, "b", 12, ROLE_DB));
    assertThat(decoded("compound_alive_alive_crc")).isEqualTo(two);
    assertThat(decoded("compound_alive_alive_join_crc"))
        .hasSize(3)
        .containsAll(two)
        .contains(hex("01 82 a5 4c54696d65 01 a4 4e6f6465 a162"));
    assertThat(decoded("compound_ping_suspect_nocrc"))
        .containsExactly(ping(6, "a", 13, "c"), new Suspect(1, b("d"), b("c")));
    assertThat(decoded("compound_ping_suspect_crc"))
        .containsExactly(ping(8, "a", 12, "b"), new Suspect(1, b("a"), b("b")));
    assertThat(decoded("enc_v1_udp_compound"))
        .containsExactly(
            alive(1, "a", 11, hex("ff81a4726f6c65a3776562")), alive(1, "b", 12, ROLE_DB));
  }

  @Test
  void decodesCompressed() throws WireException {
    assertThat(decoded("compress_crc"))
        .containsExactly(
            alive(
                1,
                "a",
                11,
                hex(
                    "ff83a47a6f6e65aa65752d776573742d3161a4726f6c65ac6c6f616462616c616e636572"
                        + "a26463a965752d776573742d31")),
            alive(
                1,
                "b",
                12,
                hex(
                    "ff83a26463a965752d776573742d31a47a6f6e65aa65752d776573742d3162a4726f6c65"
                        + "a86461746162617365")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ping",
        "ack_coord_origin",
        "ack_coord",
        "nack",
        "indirect_ping",
        "suspect_crc",
        "dead_crc",
        "dead_left_crc",
        "alive_refute_crc",
        "alive_tags_update_crc",
        "compound_alive_alive_crc",
        "compound_alive_alive_join_crc",
        "compound_ping_suspect_nocrc",
        "compound_ping_suspect_crc",
        "compress_crc",
        "compress_user_event_crc",
        "keys_install_key_query_plain",
        "keys_use_key_query_plain",
        "keys_remove_key_query_plain",
        "keys_response_error_plain",
        "query_conflict_compound_crc",
        "user_event_crc",
        "enc_v1_udp_ping",
        "enc_v1_udp_ack",
        "enc_v1_udp_compound",
        "enc_v1_udp_user_event",
        "enc_v1_udp_list_keys_query",
        "enc_v1_udp_list_keys_response",
        "label_udp_ping",
        "label_enc_udp_ping"
      })
  void encodesTheSameDatagram(String name) throws WireException {
    byte[] datagram = Vectors.bytes(name);
    PacketCodec codec = codec(name, name.contains("compress") || name.startsWith("keys_"));
    Recorder recorder = new Recorder();
    codec.decode(datagram, datagram.length, recorder);
    List<byte[]> messages = new ArrayList<>();
    recorder.raws.forEach(raw -> messages.add(raw.array()));
    boolean crc = name.endsWith("_crc") || name.endsWith("query_plain") || inner(name);
    assertThat(codec.encode(messages, crc).copy()).isEqualTo(datagram);
    assertThat(recorder.faults).isEmpty();
  }

  @Test
  void encodesTheSameAliveSuspectAndDead() throws WireException {
    for (String name : List.of("compress_crc", "suspect_crc", "dead_crc", "alive_refute_crc")) {
      byte[] datagram = Vectors.bytes(name);
      Recorder recorder = new Recorder();
      codec(name, false).decode(datagram, datagram.length, recorder);
      for (int i = 0; i < recorder.messages.size(); i++) {
        Message message = (Message) recorder.messages.get(i);
        assertThat(Bytes.wrap(message.encode())).isEqualTo(recorder.raws.get(i));
      }
    }
  }

  @Test
  void encryptsVersion1AndCountsOverhead() {
    assertThat(codec("ping", true).overhead()).isZero();
    assertThat(codec("label_udp_ping", true).overhead()).isEqualTo(6);
    assertThat(codec("enc_v1_udp_ping", true).overhead()).isEqualTo(29);
    assertThat(codec("label_enc_udp_ping", true).overhead()).isEqualTo(35);
  }

  private static boolean inner(String name) {
    return name.equals("enc_v1_udp_compound")
        || name.equals("enc_v1_udp_user_event")
        || name.equals("enc_v1_udp_list_keys_query");
  }

  private static List<Object> decoded(String name) throws WireException {
    byte[] datagram = Vectors.bytes(name);
    Recorder recorder = new Recorder();
    codec(name, false).decode(datagram, datagram.length, recorder);
    assertThat(recorder.faults).isEmpty();
    return recorder.messages;
  }

  private static PacketCodec codec(String name, boolean compression) {
    return new PacketCodec(
        name.contains("enc_") ? Vectors.ring(name) : Optional.empty(),
        name.startsWith("label_") ? b("blue") : Bytes.EMPTY,
        compression);
  }

  private static Recorder.PingValue ping(long seqNo, String node, int from, String source) {
    return new Recorder.PingValue(seqNo, b(node), local(from), 7946, b(source));
  }

  private static Alive alive(long incarnation, String node, int address, Bytes meta) {
    return new Alive(incarnation, b(node), local(address), 7946, meta, VSN);
  }
}
