package community.cloudy.agent.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.agent.FakeCommunity;
import community.cloudy.agent.events.EventLog;
import community.cloudy.agent.events.EventType;
import community.cloudy.gossip.serf.Member;
import community.cloudy.gossip.serf.QueryResponder;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CommunityEventsTest {
  private final Changes changes = new Changes();
  private final FakeCommunity community = new FakeCommunity("attic", new Changes());
  private final EventLog log = community.events();
  private final HeardQueries queries = new HeardQueries();
  private final CommunityEvents events = new CommunityEvents(log, queries, changes);

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

  private SerfEvent.Query query(long time, QueryResponder responder) {
    return new SerfEvent.Query(time, 9, "cellar", "load", Bytes.utf8("x"), responder);
  }

  @Test
  void logsQueriesWithWhatAnswersThem() {
    List<Bytes> answers = new ArrayList<>();
    events.onEvent(query(7, answers::add));

    assertThat(types()).containsExactly(EventType.QUERY);
    assertThat(data())
        .isEqualTo(
            "{\"id\":\"7-9\",\"name\":\"load\",\"source\":\"cellar\",\"payload\":\"x\","
                + "\"payload_base64\":\"eA==\",\"lamport_time\":7}");
    assertThat(queries.answer("7-8", Bytes.utf8("low"))).isFalse();
    assertThat(queries.answer("7-9", Bytes.utf8("low"))).isTrue();
    assertThat(queries.answer("7-9", Bytes.utf8("low"))).isFalse();
    assertThat(answers).containsExactly(Bytes.utf8("low"));
  }

  @Test
  void letsAnAnswerThatWasRefusedBeMended() {
    List<Bytes> answers = new ArrayList<>();
    events.onEvent(
        query(
            7,
            payload -> {
              if (payload.length() > 1) {
                throw new SerfException(SerfException.Code.INVALID, "too long");
              }
              answers.add(payload);
            }));

    assertThatThrownBy(() -> queries.answer("7-9", Bytes.utf8("ab"))).hasMessage("too long");
    assertThat(queries.answer("7-9", Bytes.utf8("a"))).isTrue();
    assertThat(answers).containsExactly(Bytes.utf8("a"));
  }

  @Test
  void keepsTheLast64Queries() {
    for (int i = 0; i < 65; i++) {
      events.onEvent(query(i, payload -> {}));
    }

    assertThat(queries.answer("0-9", Bytes.EMPTY)).isFalse();
    assertThat(queries.answer("1-9", Bytes.EMPTY)).isTrue();
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
