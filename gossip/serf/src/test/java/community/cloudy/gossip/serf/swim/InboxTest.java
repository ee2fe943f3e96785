package community.cloudy.gossip.serf.swim;

import static community.cloudy.gossip.serf.swim.Rig.alive;
import static community.cloudy.gossip.serf.swim.Rig.at;
import static community.cloudy.gossip.serf.swim.Rig.dead;
import static community.cloudy.gossip.serf.swim.Rig.suspect;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.RecordingTransport.Sent;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.IndirectPing;
import community.cloudy.gossip.serf.wire.Nack;
import community.cloudy.gossip.serf.wire.Ping;
import community.cloudy.gossip.serf.wire.Recorder.AckValue;
import community.cloudy.gossip.serf.wire.Recorder.PingValue;
import community.cloudy.gossip.serf.wire.UserMessage;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this node answers, and to whom (specification A11). */
class InboxTest {
  private final Rig rig = Rig.with("b", "c");

  private static Ping ping(String to, String from, Endpoint source) {
    return new Ping(77, Bytes.utf8(to), source.address(), source.port(), Bytes.utf8(from));
  }

  private List<Sent> acks() {
    return rig.sent(AckValue.class);
  }

  private Sent onlyAck() {
    assertThat(acks()).hasSize(1);
    return acks().get(0);
  }

  @Test
  void answersAPingForItAndOneForAnybody() {
    rig.hear(ping("self", "b", at(2)), ping("", "b", at(2)));
    assertThat(acks())
        .hasSize(2)
        .allMatch(s -> s.message().equals(new AckValue(77, Bytes.utf8("payload"))));
  }

  @Test
  void doesNotAnswerAPingForAnother() {
    rig.hear(ping("somebody", "b", at(2)));
    assertThat(acks()).isEmpty();
  }

  @Test
  void answersAMemberAtItsAddressWithNews() {
    rig.hear(alive("d", 9, 1));
    rig.hearFrom(at(50), ping("self", "b", at(2)));
    assertThat(onlyAck().to()).isEqualTo(at(2));
    assertThat(onlyAck().company()).isEqualTo(2);
  }

  @Test
  void answersAStrangerWhereItIsWithoutNews() {
    rig.hear(alive("d", 9, 1));
    rig.hearFrom(at(66), ping("self", "evil", at(2)));
    assertThat(onlyAck().to()).isEqualTo(at(66));
    assertThat(onlyAck().company()).isEqualTo(1);
    assertThat(rig.delegate.heard).contains("pinged by evil");
  }

  @Test
  void doesNotSendAnAckWhereAMemberDoesNotLive() {
    rig.hearFrom(at(50), ping("self", "b", at(66)));
    assertThat(onlyAck().to()).isEqualTo(at(50));
    assertThat(onlyAck().company()).isEqualTo(1);
  }

  @Test
  void tellsTheDeadThatTheyAre() {
    rig.hear(dead("b", 1, "c"));
    rig.rest();
    rig.hear(ping("self", "b", at(2)));
    assertThat(onlyAck().company()).isEqualTo(2);
    assertThat(rig.transport.sent)
        .anyMatch(s -> s.message().equals(suspect("b", 1, "self")) && s.to().equals(at(2)));
  }

  private void askToPingC(boolean nack, String asker, Endpoint from) {
    rig.hearFrom(
        from,
        new IndirectPing(
            77,
            at(3).address(),
            7946,
            Bytes.utf8("c"),
            nack,
            from.address(),
            7946,
            Bytes.utf8(asker)));
  }

  @Test
  void passesOnTheAnswerToARelayedPing() {
    askToPingC(true, "b", at(2));
    Sent relayed = rig.sent(PingValue.class).get(0);
    assertThat(relayed.to()).isEqualTo(at(3));
    assertThat(((PingValue) relayed.message()).node()).isEqualTo(Bytes.utf8("c"));
    rig.time.pass(MILLISECONDS.toNanos(2));
    assertThat(onlyAck().to()).isEqualTo(at(2));
    assertThat(onlyAck().message()).isEqualTo(new AckValue(77, Bytes.EMPTY));
    rig.time.pass(MILLISECONDS.toNanos(600));
    assertThat(rig.sent(Nack.class)).isEmpty();
  }

  @Test
  void saysSoWhenARelayedPingIsNotAnswered() {
    rig.silent.add(at(3));
    askToPingC(true, "b", at(2));
    rig.time.pass(MILLISECONDS.toNanos(499));
    assertThat(rig.sent(Nack.class)).isEmpty();
    rig.time.pass(MILLISECONDS.toNanos(1));
    assertThat(rig.sent(Nack.class)).hasSize(1).allMatch(s -> s.to().equals(at(2)));
    assertThat(acks()).isEmpty();
  }

  @Test
  void saysNothingToWhoWantsNoNack() {
    rig.silent.add(at(3));
    askToPingC(false, "b", at(2));
    rig.time.pass(MILLISECONDS.toNanos(600));
    assertThat(rig.sent(Nack.class)).isEmpty();
  }

  @Test
  void anAnswerThatComesTooLateIsNotPassedOn() {
    rig.silent.add(at(3));
    askToPingC(true, "b", at(2));
    long seqNo = ((PingValue) rig.sent(PingValue.class).get(0).message()).seqNo();
    rig.time.pass(MILLISECONDS.toNanos(600));
    rig.hearFrom(at(3), new Ack(seqNo, Bytes.EMPTY));
    assertThat(acks()).isEmpty();
  }

  @Test
  void relaysAreBounded() {
    rig.silent.add(at(3));
    for (int i = 0; i < 2000; i++) {
      askToPingC(true, "b", at(2));
    }
    assertThat(rig.sent(PingValue.class)).hasSize(1024);
    assertThat(rig.sent(Nack.class)).hasSize(976);
  }

  @Test
  void answersAPingByTcpOnlyForItself() throws WireException {
    byte[] reply = stream(ping("self", "b", at(2)));
    assertThat(((Ack) rig.streams.decode(reply, false)).seqNo()).isEqualTo(77);
    assertThat(stream(ping("other", "b", at(2)))).isEmpty();
  }

  private byte[] stream(Ping ping) {
    return rig.swim.inbound().stream(at(2), rig.streams.encode(ping.encode(), true));
  }

  @Test
  void handsOnUserMessages() {
    rig.swim.inbound().stream(
        at(2), rig.streams.encode(new UserMessage(Bytes.utf8("by stream")), true));
    rig.hearRaw(at(2), new byte[] {8, 'u', 'd', 'p'});
    assertThat(rig.delegate.heard).containsExactly("request by stream", "message udp");
  }
}
