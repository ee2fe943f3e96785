package community.cloudy.gossip.serf.cluster;

import static community.cloudy.gossip.serf.cluster.ClusterRig.alive;
import static community.cloudy.gossip.serf.cluster.ClusterRig.at;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Ack;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.CoordinatePayload;
import community.cloudy.gossip.serf.wire.Dead;
import community.cloudy.gossip.serf.wire.LeaveIntent;
import community.cloudy.gossip.serf.wire.Ping;
import community.cloudy.gossip.serf.wire.Recorder.PingValue;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How failed members are found again. */
class ReconnectorTest {
  private final ClusterRig rig = ClusterRig.with("b", "c");

  private void failB() {
    rig.silent.add(at(2));
    rig.hear(at(3), new Dead(1, Bytes.utf8("b"), Bytes.utf8("c")));
    rig.rest();
  }

  private long knocks() {
    return rig.transport.sent.stream()
        .filter(sent -> sent.message() instanceof PingValue && sent.to().equals(at(2)))
        .count();
  }

  private long exchangesWith(Endpoint endpoint) {
    return rig.transport.requests.stream().filter(r -> r.to().equals(endpoint)).count();
  }

  @Test
  void knocksAtAFailedMemberAboutOnceASecondForTheWholeCommunity() {
    failB();
    rig.time.pass(SECONDS.toNanos(100));
    assertThat(knocks()).isBetween(30L, 70L);
    assertThat(exchangesWith(at(2))).isBetween(1L, 4L);
  }

  @Test
  void exchangesStatesAsSoonAsAKnockIsAnswered() {
    failB();
    rig.silent.clear();
    while (knocks() == 0) {
      rig.time.pass(1_000_000);
    }
    rig.time.pass(2_000_000);
    assertThat(exchangesWith(at(2))).isEqualTo(1);
  }

  @Test
  void exchangesStatesAsSoonAsAFailedMemberPings() {
    failB();
    long before = exchangesWith(at(2));
    Ping ping = new Ping(7, Bytes.utf8("self"), at(2).address(), at(2).port(), Bytes.utf8("b"));
    rig.time.pass(SECONDS.toNanos(1));
    rig.hear(at(2), ping);
    rig.hear(at(2), ping);
    assertThat(exchangesWith(at(2))).isEqualTo(before + 1);
  }

  @Test
  void isNotLuredElsewhereByAPing() {
    failB();
    rig.hear(at(66), new Ping(7, Bytes.utf8("self"), at(66).address(), 7946, Bytes.utf8("b")));
    assertThat(rig.transport.requests).isEmpty();
  }

  @Test
  void leavesThoseAloneWhoLeft() {
    rig.hear(new LeaveIntent(7, Bytes.utf8("b"), false));
    rig.hear(at(2), new Dead(1, Bytes.utf8("b"), Bytes.utf8("b")));
    rig.rest();
    rig.time.pass(SECONDS.toNanos(100));
    assertThat(knocks()).isZero();
    assertThat(exchangesWith(at(2))).isZero();
  }

  @Test
  void knocksMoreSeldomAtTheLongGone() {
    failB();
    rig.time.pass(HOURS.toNanos(1));
    rig.rest();
    rig.time.pass(SECONDS.toNanos(1000));
    assertThat(knocks()).isBetween(20L, 90L);
  }

  @Test
  void forgetsWhereAMemberWasTogetherWithIt() {
    rig.silent.add(at(2));
    while (pings().isEmpty()) {
      rig.time.pass(1_000_000);
    }
    Bytes payload = new CoordinatePayload(0, 1.5, 1e-5, Collections.nCopies(8, 0.0)).encode();
    rig.hear(at(2), new Ack(pings().get(0).seqNo(), payload));
    assertThat(rig.cluster.coordinate(Bytes.utf8("b"))).isPresent();
    failB();
    rig.time.pass(HOURS.toNanos(25));
    assertThat(rig.cluster.coordinate(Bytes.utf8("b"))).isEmpty();
  }

  private List<PingValue> pings() {
    return rig.transport.sent.stream()
        .filter(sent -> sent.to().equals(at(2)))
        .map(sent -> sent.message())
        .filter(PingValue.class::isInstance)
        .map(PingValue.class::cast)
        .toList();
  }

  @Test
  void forgetsAFailedMemberAfterADay() {
    failB();
    rig.time.pass(HOURS.toNanos(24) - SECONDS.toNanos(30));
    assertThat(rig.heard(SerfEvent.MemberReaped.class)).isEmpty();
    rig.time.pass(SECONDS.toNanos(60));
    assertThat(rig.heard(SerfEvent.MemberReaped.class)).hasSize(1);
    rig.transport.sent.clear();
    rig.time.pass(SECONDS.toNanos(100));
    assertThat(knocks()).isZero();
  }

  @Test
  void aMassReturnIsFollowedByOneMoreExchange() {
    failB();
    rig.silent.clear();
    rig.hear(at(2), alive("b", 2, 2));
    assertThat(rig.transport.requests).isEmpty();
    rig.time.pass(SECONDS.toNanos(2));
    assertThat(rig.transport.requests).hasSize(1);
  }
}
