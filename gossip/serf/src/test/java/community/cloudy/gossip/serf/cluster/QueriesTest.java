package community.cloudy.gossip.serf.cluster;

import static community.cloudy.gossip.serf.cluster.ClusterRig.at;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.QueryResponder;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.RecordingTransport.Sent;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.QueryFilter;
import community.cloudy.gossip.serf.wire.QueryMessage;
import community.cloudy.gossip.serf.wire.QueryResponse;
import community.cloudy.gossip.serf.wire.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The facts of specification B7. */
class QueriesTest {
  private static final Bytes YES = Bytes.utf8("yes");

  private final ClusterRig rig = ClusterRig.with("b", "c", "d");
  private final List<String> answers = new ArrayList<>();

  private static QueryMessage question(long id, long flags, int relays, Bytes... filters) {
    Endpoint asker = at(2);
    return new QueryMessage(
        5,
        id,
        asker.address(),
        asker.port(),
        Bytes.utf8("b"),
        List.of(filters),
        flags,
        relays,
        SECONDS.toNanos(2),
        Bytes.utf8("load"),
        Bytes.utf8("?"));
  }

  private static Bytes nodes(String... names) {
    List<Bytes> all = List.of(names).stream().map(Bytes::utf8).toList();
    return new QueryFilter.Nodes(all).encode();
  }

  private static Bytes tag(String name, String expression) {
    return new QueryFilter.Tag(Bytes.utf8(name), Bytes.utf8(expression)).encode();
  }

  private List<SerfEvent.Query> asked() {
    return rig.heard(SerfEvent.Query.class);
  }

  private boolean reaches(Bytes... filters) {
    ClusterRig other = new ClusterRig();
    other.hear(question(1, 0, 0, filters));
    return !other.heard(SerfEvent.Query.class).isEmpty();
  }

  @Test
  void aQuestionIsDeliveredOnceAndPassedOn() {
    rig.hear(question(1, 0, 0));
    rig.hear(question(1, 0, 0));
    assertThat(asked()).hasSize(1);
    assertThat(asked().get(0).name()).isEqualTo("load");
    assertThat(asked().get(0).source()).isEqualTo("b");
    assertThat(rig.said(QueryMessage.class, 900)).contains(question(1, 0, 0)).hasSizeLessThan(9);
  }

  @Test
  void anotherIdAtTheSameTimeIsAnotherQuestion() {
    rig.hear(question(1, 0, 0));
    rig.hear(question(2, 0, 0));
    assertThat(asked()).hasSize(2);
  }

  @Test
  void isNotPassedOnWhenItSaysSo() {
    rig.hear(question(1, QueryMessage.NO_BROADCAST, 0));
    assertThat(asked()).hasSize(1);
    assertThat(rig.said(QueryMessage.class, 900)).isEmpty();
  }

  @Test
  void filtersSayWhoIsMeant() {
    assertThat(reaches()).isTrue();
    assertThat(reaches(nodes("x", "self"))).isTrue();
    assertThat(reaches(nodes("x"))).isFalse();
    assertThat(reaches(tag("role", "e"))).isTrue();
    assertThat(reaches(tag("role", "^e"))).isFalse();
    assertThat(reaches(tag("missing", "^$"))).isTrue();
    assertThat(reaches(tag("role", "web"), nodes("x"))).isFalse();
  }

  @Test
  void filtersThatMakeNoSenseAskNobody() {
    assertThat(reaches(tag("role", "("))).isFalse();
    assertThat(reaches(Bytes.wrap(new byte[] {9, 1}))).isFalse();
    assertThat(reaches(Bytes.EMPTY)).isFalse();
  }

  @Test
  void whoIsNotMeantPassesItOnAllTheSame() {
    rig.hear(question(1, QueryMessage.ACK, 0, nodes("x")));
    assertThat(asked()).isEmpty();
    assertThat(rig.said(QueryMessage.class, 900)).isNotEmpty();
    assertThat(rig.said(QueryResponse.class)).isEmpty();
  }

  @Test
  void acknowledgesAtOnceWhenAsked() {
    rig.hear(question(1, QueryMessage.ACK, 0));
    assertThat(rig.said(QueryResponse.class))
        .containsExactly(
            new QueryResponse(5, 1, Bytes.utf8("self"), QueryMessage.ACK, Bytes.EMPTY));
    assertThat(rig.sent(QueryResponse.class)).extracting(Sent::to).containsExactly(at(2));
  }

  @Test
  void answersOnceAndStraightToTheAsker() {
    rig.hear(question(1, 0, 0));
    QueryResponder responder = asked().get(0).responder();
    responder.respond(YES);
    assertThat(rig.said(QueryResponse.class))
        .containsExactly(new QueryResponse(5, 1, Bytes.utf8("self"), 0, YES));
    assertThatThrownBy(() -> responder.respond(YES)).hasMessageContaining("already sent");
  }

  @Test
  void refusesToAnswerLateOrAtLength() {
    rig.hear(question(1, 0, 0));
    QueryResponder responder = asked().get(0).responder();
    assertThatThrownBy(() -> responder.respond(Bytes.wrap(new byte[1024])))
        .hasMessageContaining("exceeds limit of 1024 bytes");
    rig.time.pass(SECONDS.toNanos(2) + 1);
    assertThatThrownBy(() -> responder.respond(YES)).hasMessageContaining("past the deadline");
    assertThat(rig.said(QueryResponse.class)).isEmpty();
  }

  @Test
  void relaysItsAnswerThroughOthers() {
    rig.hear(question(1, 0, 2));
    asked().get(0).responder().respond(YES);
    assertThat(rig.said(QueryResponse.class)).hasSize(1);
    assertThat(rig.said(Relay.class)).hasSize(2).allMatch(r -> r.address().equals(at(2).address()));
    assertThat(rig.sent(Relay.class)).extracting(Sent::to).doesNotHaveDuplicates();
  }

  @Test
  void relaysOnlyToMembers() {
    Bytes inner = Bytes.wrap(new QueryResponse(5, 1, Bytes.utf8("c"), 0, YES).encode());
    rig.hear(new Relay(at(2).address(), 7946, Bytes.EMPTY, Bytes.utf8("b"), inner));
    assertThat(rig.sent(QueryResponse.class)).extracting(Sent::to).containsExactly(at(2));
    rig.hear(new Relay(at(66).address(), 7946, Bytes.EMPTY, Bytes.utf8("b"), inner));
    assertThat(rig.sent(QueryResponse.class)).hasSize(1);
  }

  private QueryMessage ask(Optional<Duration> timeout) {
    rig.cluster.query(
        new QueryRequest("load", Bytes.EMPTY, List.of(), Map.of(), true, 0, timeout),
        new QueryListener() {
          @Override
          public void acknowledged(String from) {
            answers.add("ack " + from);
          }

          @Override
          public void answered(String from, Bytes payload) {
            answers.add(from + " " + payload);
          }

          @Override
          public void finished() {
            answers.add("finished");
          }
        });
    return rig.said(QueryMessage.class, 300).get(0);
  }

  private void answer(QueryMessage to, long id, String from, long flags) {
    rig.hear(new QueryResponse(to.lamportTime(), id, Bytes.utf8(from), flags, YES));
  }

  @Test
  void takesOneAnswerAndOneAckFromEachUntilTheDeadline() {
    QueryMessage query = ask(Optional.empty());
    answer(query, query.id(), "b", 0);
    answer(query, query.id(), "b", 0);
    answer(query, query.id(), "b", QueryMessage.ACK);
    answer(query, query.id(), "b", QueryMessage.ACK);
    answer(query, query.id() ^ 1, "c", 0);
    rig.time.pass(SECONDS.toNanos(4));
    answer(query, query.id(), "d", 0);
    assertThat(answers).containsExactly("b yes", "ack b", "finished");
  }

  @Test
  void asksItselfToo() {
    ask(Optional.empty());
    assertThat(asked()).hasSize(1);
    assertThat(rig.sent(QueryResponse.class)).extracting(Sent::to).containsExactly(at(1));
  }

  @Test
  void waitsAsLongAsTheCommunityIsLarge() {
    assertThat(ask(Optional.empty()).timeoutNanos()).isEqualTo(MILLISECONDS.toNanos(3200));
    rig.time.pass(MILLISECONDS.toNanos(2899));
    assertThat(answers).isEmpty();
    rig.time.pass(MILLISECONDS.toNanos(1));
    assertThat(answers).containsExactly("finished");
  }

  @Test
  void waitsAsLongAsItIsTold() {
    assertThat(ask(Optional.of(Duration.ofSeconds(9))).timeoutNanos())
        .isEqualTo(SECONDS.toNanos(9));
  }

  @Test
  void refusesALongQuestionAndABadExpression() {
    assertThatThrownBy(
            () ->
                rig.cluster.query(QueryRequest.of("x", Bytes.wrap(new byte[1024])), new Unheard()))
        .isInstanceOf(SerfException.class)
        .hasMessageContaining("query exceeds limit of 1024 bytes");
    assertThatThrownBy(
            () ->
                rig.cluster.query(
                    new QueryRequest(
                        "x", YES, List.of(), Map.of("role", "("), false, 0, Optional.empty()),
                    new Unheard()))
        .isInstanceOf(SerfException.class);
    assertThat(asked()).isEmpty();
    assertThat(rig.said(QueryMessage.class, 900)).isEmpty();
  }

  private static final class Unheard implements QueryListener {
    @Override
    public void acknowledged(String from) {}

    @Override
    public void answered(String from, Bytes payload) {}

    @Override
    public void finished() {}
  }
}
