package community.cloudy.gossip.serf.wire;

import static community.cloudy.gossip.serf.wire.Vectors.b;
import static community.cloudy.gossip.serf.wire.Vectors.hex;
import static community.cloudy.gossip.serf.wire.Vectors.local;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerfVectorTest {
  private static final Bytes KEY2 =
      hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final Bytes BASE64 = b("AAECAwQFBgcICQoLDA0ODw==");

  @Test
  void decodesIntents() throws WireException {
    assertThat(serf("user_join_crc")).isEqualTo(new JoinIntent(1, b("b")));
    assertThat(serf("leave_intent_crc")).isEqualTo(new LeaveIntent(2, b("b"), false));
  }

  @Test
  void decodesUserEvents() throws WireException {
    UserEventMessage deploy = new UserEventMessage(1, b("deploy"), b("v1.2.3"), false);
    assertThat(serf("user_event_crc")).isEqualTo(deploy);
    assertThat(serf("enc_v1_udp_user_event")).isEqualTo(deploy);
    assertThat(serf("compress_user_event_crc"))
        .isEqualTo(new UserEventMessage(1, b("bulk"), b("abcdefgh".repeat(40)), true));
  }

  @Test
  void decodesQueries() throws WireException {
    assertThat(serf("query_crc")).isEqualTo(query(1, 1472967329, 1, "uptime", b("now")));
    assertThat(serf("query_serf_ping_crc"))
        .isEqualTo(query(2, 349571704, 1, "_serf_ping", Bytes.EMPTY));
    assertThat(serf("query_filters_relay_crc"))
        .isEqualTo(
            new QueryMessage(
                1,
                307472334,
                local(11),
                7946,
                b("a"),
                List.of(hex("0091a162"), hex("0182a445787072a45e642e2aa3546167a4726f6c65")),
                1,
                2,
                2_000_000_000,
                b("status"),
                b("payload1")));
    assertThat(all("query_conflict_compound_crc").get(4))
        .isEqualTo(
            new QueryMessage(
                3,
                1448709701,
                local(15),
                7946,
                b("b"),
                List.of(),
                0,
                0,
                1_600_000_000,
                b("_serf_conflict"),
                b("b")));
  }

  @Test
  void decodesQueryOfTheNewerWriter() throws WireException {
    byte[] message = Vectors.bytes("head_query");
    assertThat(SerfMessage.decode(message, 0, message.length))
        .isInstanceOfSatisfying(
            QueryMessage.class, query -> assertThat(query.timeoutNanos()).isEqualTo(1_600_000_000));
  }

  @Test
  void decodesResponses() throws WireException {
    assertThat(serf("query_ack"))
        .isEqualTo(new QueryResponse(1, 1472967329, b("a"), 1, Bytes.EMPTY));
    assertThat(serf("query_response"))
        .isEqualTo(new QueryResponse(1, 1472967329, b("b"), 0, b("hello from b\n")));
  }

  @Test
  void decodesRelays() throws WireException {
    Relay relay = (Relay) serf("relay_ack");
    assertThat(relay).isEqualTo(new Relay(local(11), 7946, Bytes.EMPTY, b("a"), relay.inner()));
    assertThat(SerfMessage.decode(relay.inner().array(), 0, relay.inner().length()))
        .isEqualTo(new QueryResponse(1, 307472334, b("b"), 1, Bytes.EMPTY));
    assertThat(((Relay) serf("relay_response")).inner().length()).isEqualTo(53);
    byte[] head = Vectors.bytes("head_relay");
    assertThat(((Relay) SerfMessage.decode(head, 0, head.length)).port()).isEqualTo(7946);
  }

  @Test
  void decodesConflictResponse() throws WireException {
    Bytes payload = ((QueryResponse) serf("conflict_response")).payload();
    assertThat(SerfMessage.decode(payload.array(), 0, payload.length()))
        .isEqualTo(
            new ConflictResponse(
                Optional.of(
                    new ConflictResponse.Member(
                        b("b"),
                        local(12),
                        7946,
                        Map.of(b("role"), b("db")),
                        1,
                        hex("010502020505")))));
    assertThat(SerfMessage.decode(new byte[] {6, (byte) 0xc0}, 0, 2))
        .isEqualTo(new ConflictResponse(Optional.empty()));
  }

  @Test
  void decodesKeyRequestsAndResponses() throws WireException {
    assertThat(inner("keys_install_key_query_plain")).isEqualTo(new KeyRequest(KEY2));
    assertThat(inner("keys_use_key_query_plain")).isEqualTo(new KeyRequest(KEY2));
    assertThat(inner("keys_remove_key_query_plain")).isEqualTo(new KeyRequest(Vectors.KEY));
    assertThat(inner("enc_v1_udp_list_keys_query")).isEqualTo(new KeyRequest(Bytes.EMPTY));
    assertThat(inner("enc_v1_udp_list_keys_response"))
        .isEqualTo(new KeyResponse(true, Bytes.EMPTY, List.of(BASE64), BASE64));
    assertThat(inner("keys_response_error_plain"))
        .isEqualTo(
            new KeyResponse(
                false, b("key size must be 16, 24 or 32 bytes"), List.of(), Bytes.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_join_crc",
        "leave_intent_crc",
        "user_event_crc",
        "compress_user_event_crc",
        "query_crc",
        "query_serf_ping_crc",
        "query_filters_relay_crc",
        "query_ack",
        "query_response",
        "relay_ack",
        "relay_response",
        "conflict_response",
        "keys_install_key_query_plain",
        "keys_response_error_plain",
        "enc_v1_udp_list_keys_query",
        "enc_v1_udp_list_keys_response"
      })
  void encodesTheSameMessage(String name) throws WireException {
    Bytes raw = (Bytes) recorded(name).get(0);
    SerfMessage message = SerfMessage.decode(raw.array(), 0, raw.length());
    assertThat(Bytes.wrap(message.encode())).isEqualTo(raw);
    Bytes payload =
        message instanceof QueryMessage query
            ? query.payload()
            : message instanceof QueryResponse response ? response.payload() : Bytes.EMPTY;
    if (!payload.isEmpty() && payload.at(0) <= KeyResponse.TYPE) {
      SerfMessage nested = SerfMessage.decode(payload.array(), 0, payload.length());
      assertThat(Bytes.wrap(nested.encode())).isEqualTo(payload);
    }
  }

  private static QueryMessage query(long time, long id, long flags, String name, Bytes payload) {
    return new QueryMessage(
        time, id, local(11), 7946, b("a"), List.of(), flags, 0, 1_600_000_000, b(name), payload);
  }

  private static SerfMessage inner(String name) throws WireException {
    SerfMessage outer = (SerfMessage) all(name).get(0);
    Bytes payload =
        outer instanceof QueryMessage query ? query.payload() : ((QueryResponse) outer).payload();
    return SerfMessage.decode(payload.array(), 0, payload.length());
  }

  private static SerfMessage serf(String name) throws WireException {
    return (SerfMessage) all(name).get(0);
  }

  private static List<Object> all(String name) throws WireException {
    List<Object> messages = recorded(name);
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i) instanceof Bytes raw) {
        messages.set(i, SerfMessage.decode(raw.array(), 0, raw.length()));
      }
    }
    return messages;
  }

  private static List<Object> recorded(String name) throws WireException {
    byte[] datagram = Vectors.bytes(name);
    Recorder recorder = new Recorder();
    Optional<Keyring> ring = name.startsWith("enc_") ? Vectors.ring(name) : Optional.empty();
    new PacketCodec(ring, Bytes.EMPTY, false).decode(datagram, datagram.length, recorder);
    assertThat(recorder.faults).isEmpty();
    return recorder.messages;
  }
}
