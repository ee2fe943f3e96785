package community.cloudy.gossip.serf.cluster;

import static community.cloudy.gossip.serf.cluster.ClusterRig.alive;
import static community.cloudy.gossip.serf.cluster.ClusterRig.at;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.ConflictResponse;
import community.cloudy.gossip.serf.wire.QueryMessage;
import community.cloudy.gossip.serf.wire.QueryResponse;
import community.cloudy.gossip.serf.wire.SerfMessage;
import community.cloudy.gossip.serf.wire.WireException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who keeps a name that two nodes claim (specification B8). */
class ConflictVoteTest {
  private ClusterRig rig = ClusterRig.with("b", "c", "d");

  private QueryMessage claimOurNameFrom(int host) {
    rig.hear(at(2), alive("self", host, 9));
    return rig.said(QueryMessage.class, 300).get(0);
  }

  private void vote(QueryMessage question, String from, Endpoint forWhom) {
    ConflictResponse.Member member =
        new ConflictResponse.Member(
            Bytes.utf8("self"), forWhom.address(), forWhom.port(), Map.of(), 1, Swim.VERSIONS);
    answer(question, from, new ConflictResponse(Optional.of(member)));
  }

  private void answer(QueryMessage question, String from, SerfMessage answer) {
    rig.hear(
        new QueryResponse(
            question.lamportTime(),
            question.id(),
            Bytes.utf8(from),
            0,
            Bytes.wrap(answer.encode())));
  }

  private boolean nameLostAfterTheVote() {
    rig.time.pass(SECONDS.toNanos(5));
    return !rig.heard(SerfEvent.NameLost.class).isEmpty();
  }

  @Test
  void asksTheCommunityOnceForEachVote() {
    QueryMessage question = claimOurNameFrom(66);
    assertThat(question.name()).isEqualTo(Bytes.utf8("_serf_conflict"));
    assertThat(question.payload()).isEqualTo(Bytes.utf8("self"));
    rig.hear(at(2), alive("self", 66, 10));
    assertThat(rig.said(QueryMessage.class, 300)).containsOnly(question);
  }

  @Test
  void aLoneNodeSurvivesAForgedClaim() {
    rig = new ClusterRig();
    rig.hear(at(66), alive("self", 66, 9));
    assertThat(nameLostAfterTheVote()).isFalse();
    rig.rest();
    rig.hear(at(2), alive("b", 2, 1));
    rig.hear(at(66), alive("self", 66, 10));
    assertThat(rig.said(QueryMessage.class, 300)).isNotEmpty();
  }

  @Test
  void aVoteWithoutAQuorumDecidesNothing() {
    vote(claimOurNameFrom(66), "b", at(66));
    assertThat(nameLostAfterTheVote()).isFalse();
  }

  @Test
  void aMajorityForUsKeepsTheName() {
    QueryMessage question = claimOurNameFrom(66);
    vote(question, "b", at(1));
    vote(question, "c", at(1));
    vote(question, "d", at(66));
    assertThat(nameLostAfterTheVote()).isFalse();
  }

  @Test
  void aMajorityAgainstUsEndsThisNode() {
    QueryMessage question = claimOurNameFrom(66);
    vote(question, "b", at(66));
    vote(question, "c", at(66));
    vote(question, "d", at(1));
    assertThat(nameLostAfterTheVote()).isTrue();
    rig.transport.sent.clear();
    rig.time.pass(SECONDS.toNanos(60));
    assertThat(rig.transport.sent).isEmpty();
  }

  @Test
  void oneVoterHasOneVote() {
    QueryMessage question = claimOurNameFrom(66);
    vote(question, "b", at(66));
    vote(question, "b", at(66));
    vote(question, "b", at(66));
    assertThat(nameLostAfterTheVote()).isFalse();
  }

  @Test
  void strangersHaveNoVote() {
    QueryMessage question = claimOurNameFrom(66);
    vote(question, "x", at(66));
    vote(question, "y", at(66));
    vote(question, "z", at(66));
    assertThat(nameLostAfterTheVote()).isFalse();
  }

  @Test
  void unreadableVotesDoNotCount() {
    QueryMessage question = claimOurNameFrom(66);
    for (String voter : List.of("b", "c", "d")) {
      rig.hear(
          new QueryResponse(
              question.lamportTime(), question.id(), Bytes.utf8(voter), 0, Bytes.utf8("junk")));
    }
    assertThat(nameLostAfterTheVote()).isFalse();
  }

  @Test
  void tellsOthersWhoItTakesForTheOwnerButIsSilentAboutItself() throws WireException {
    rig.hear(conflictOver(1, "c"));
    rig.hear(conflictOver(2, "nobody"));
    rig.hear(conflictOver(3, "self"));
    List<QueryResponse> answers = rig.said(QueryResponse.class);
    assertThat(answers).hasSize(2);
    assertThat(voteIn(answers.get(0)))
        .get()
        .extracting(m -> m.address())
        .isEqualTo(at(3).address());
    assertThat(voteIn(answers.get(1))).isEmpty();
    assertThat(rig.heard(SerfEvent.Query.class)).isEmpty();
  }

  private static Optional<ConflictResponse.Member> voteIn(QueryResponse answer)
      throws WireException {
    Bytes vote = answer.payload();
    return ((ConflictResponse) SerfMessage.decode(vote.array(), 0, vote.length())).member();
  }

  private static QueryMessage conflictOver(long id, String name) {
    Endpoint asker = at(2);
    return new QueryMessage(
        5,
        id,
        asker.address(),
        asker.port(),
        Bytes.utf8("b"),
        List.of(),
        0,
        0,
        SECONDS.toNanos(2),
        Bytes.utf8("_serf_conflict"),
        Bytes.utf8(name));
  }
}
