package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.QueryResponder;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.ConflictResponse;
import java.util.Optional;

/** Answers the questions Serf nodes ask among themselves (specification B8). */
final class InternalQueries {
  static final String CONFLICT = Queries.INTERNAL + "conflict";

  private final Members members;
  private final Bytes self;
  private final Keys keys;

  InternalQueries(Members members, Bytes self, Keys keys) {
    this.members = members;
    this.self = self;
    this.keys = keys;
  }

  void asked(String name, Bytes payload, QueryResponder answer) {
    if (name.equals(CONFLICT)) {
      if (!payload.equals(self)) {
        answer.respond(Bytes.wrap(new ConflictResponse(whoIs(payload)).encode()));
      }
    } else if (name.endsWith(Keys.SUFFIX) || name.equals(Keys.LIST)) {
      keys.asked(name, payload, answer);
    }
  }

  private Optional<ConflictResponse.Member> whoIs(Bytes name) {
    return Optional.ofNullable(members.find(name))
        .map(
            entry ->
                new ConflictResponse.Member(
                    entry.name(),
                    entry.endpoint().address(),
                    entry.endpoint().port(),
                    entry.decodeTags(),
                    entry.status.ordinal() + 1,
                    entry.versions()));
  }
}
