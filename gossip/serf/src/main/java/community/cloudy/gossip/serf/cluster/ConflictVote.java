package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.MemberStatus;
import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.ConflictResponse;
import community.cloudy.gossip.serf.wire.SerfMessage;
import community.cloudy.gossip.serf.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the community decide who keeps a name that two nodes claim (specification B8).
 *
 * <p>Serf counts no replies as a lost vote, so that one forged packet ends a lone node. Here a vote
 * without a quorum decides nothing: at least half of the other members, or three, must have
 * answered. Strangers have no vote.
 */
final class ConflictVote {
  private static final Logger LOG = LoggerFactory.getLogger(ConflictVote.class);
  private static final int ENOUGH = 3;

  private final Queries queries;
  private final Members members;
  private final Bytes name;
  private final Endpoint endpoint;
  private final Runnable lost;
  private boolean running;
  private int replies;
  private int forUs;

  ConflictVote(Queries queries, Members members, Bytes name, Endpoint endpoint, Runnable lost) {
    this.queries = queries;
    this.members = members;
    this.name = name;
    this.endpoint = endpoint;
    this.lost = lost;
  }

  /** Starts a vote unless one is running. */
  void call(Endpoint other) {
    if (running) {
      return;
    }
    LOG.warn("name conflict: {} also claims this node's name", other);
    running = true;
    replies = 0;
    forUs = 0;
    queries.ask(
        QueryRequest.of(InternalQueries.CONFLICT, name),
        new QueryListener() {
          @Override
          public void acknowledged(String from) {}

          @Override
          public void answered(String from, Bytes payload) {
            if (members.find(Bytes.utf8(from)) != null) {
              count(payload);
            }
          }

          @Override
          public void finished() {
            running = false;
            decide();
          }
        });
  }

  private void count(Bytes payload) {
    try {
      if (SerfMessage.decode(payload.array(), 0, payload.length())
          instanceof ConflictResponse response) {
        replies++;
        response
            .member()
            .filter(member -> isUs(member.address(), member.port()))
            .ifPresent(member -> forUs++);
      }
    } catch (WireException e) {
      LOG.debug("vote={} unreadable: {}", payload.length(), e.getMessage());
    }
  }

  private boolean isUs(Bytes address, int port) {
    return port == endpoint.port() && address.equals(endpoint.address());
  }

  private void decide() {
    int others = members.count(MemberStatus.ALIVE) - 1;
    int quorum = Math.max(1, Math.min(ENOUGH, (others + 1) / 2));
    if (replies < quorum) {
      LOG.warn("name conflict undecided: replies={} quorum={}; staying", replies, quorum);
    } else if (forUs >= replies / 2 + 1) {
      LOG.info("name conflict won: votes={} of {}", forUs, replies);
    } else {
      LOG.error(
          "name conflict lost: votes={} of {}; this node must take another name", forUs, replies);
      lost.run();
    }
  }
}
