package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CommunityEventsTest {
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", new Changes());
  private final EventLog log = community.events();
  private final CommunityEvents events = new CommunityEvents(log, changes);

  private List<EventType> types() {
    return log.after(log.first(), Set.of(), 99).events().stream().map(e -> e.type()).toList();
  }

  private String data() {
    List<String> all =
        log.after(log.first(), Set.of(), 99).events().stream().map(e -> e.json()).toList();
    return all.get(all.size() - 1).replaceFirst(".*\"data\":(.*)}", "$1");
  }

  @Test
  void logsWhatHappensToMembers() {
    Member member = community.localMember();

    events.onEvent(new SerfEvent.MemberJoined(member));
    events.onEvent(new SerfEvent.MemberLeft(member));
    events.onEvent(new SerfEvent.MemberFailed(member));
    events.onEvent(new SerfEvent.MemberUpdated(member));
    events.onEvent(new SerfEvent.MemberReaped(member));

    assertThat(types())
        .containsExactly(
            EventType.MEMBER_JOIN,
            EventType.MEMBER_LEAVE,
            EventType.MEMBER_FAILED,
            EventType.MEMBER_UPDATE,
            EventType.MEMBER_REAP);
    assertThat(data())
        .isEqualTo(
            "{\"name\":\"attic\",\"address\":\"10.0.0.1:7946\",\"status\":\"alive\","
                + "\"tags\":{\"role\":\"proxy\"}}");
  }

  @Test
  void logsUserEventsExactly() {
    events.onEvent(
        new SerfEvent.UserEvent(7, "deploy", Bytes.wrap(new byte[] {'a', (byte) 0xff}), true));

    assertThat(types()).containsExactly(EventType.USER);
    assertThat(data())
        .isEqualTo(
            "{\"name\":\"deploy\",\"payload\":\"a\ufffd\",\"payload_base64\":\"Yf8=\","
                + "\"coalesce\":true,\"lamport_time\":7}");
  }

  @Test
  void logsThatTheNameIsLost() {
    events.onEvent(new SerfEvent.NameLost("attic"));

    assertThat(types()).containsExactly(EventType.NAME_LOST);
    assertThat(data()).isEqualTo("{\"name\":\"attic\"}");
  }

  @Test
  void hasRoomForTheLargestPayloadAPeerCanSend() {
    events.onEvent(
        new SerfEvent.UserEvent(1, "\u0001".repeat(255), Bytes.wrap(new byte[65_536]), false));

    assertThat(types()).containsExactly(EventType.USER);
  }

  @Test
  void signalsEveryChange() {
    AtomicInteger signals = new AtomicInteger();
    changes.onChange(signals::incrementAndGet);

    events.onEvent(new SerfEvent.MemberJoined(community.localMember()));

    assertThat(signals).hasValue(1);
  }
}
