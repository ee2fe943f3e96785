package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.swim.BroadcastQueue;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Serf's own broadcasts; intents go before queries, queries before events (specification B1). */
final class Queues {
  private final int depth;
  private final BroadcastQueue intents;
  private final BroadcastQueue queries;
  private final BroadcastQueue events;

  Queues(ClusterConfig config, int retransmitMult, IntSupplier members, Runnable wake) {
    depth = config.queueDepth();
    intents = new BroadcastQueue(retransmitMult, members, wake);
    queries = new BroadcastQueue(retransmitMult, members, wake);
    events = new BroadcastQueue(retransmitMult, members, wake);
  }

  BroadcastQueue intents() {
    return intents;
  }

  BroadcastQueue queries() {
    return queries;
  }

  BroadcastQueue events() {
    return events;
  }

  /** Takes messages for one packet and returns the bytes taken. */
  int take(int overhead, int limit, List<byte[]> packet) {
    int left = limit;
    left -= intents.take(overhead, left, packet);
    left -= queries.take(overhead, left, packet);
    left -= events.take(overhead, left, packet);
    return limit - left;
  }

  int size() {
    return intents.size() + queries.size() + events.size();
  }

  /** Drops what is over the limit and returns how much that was. */
  int prune() {
    return intents.prune(depth) + queries.prune(depth) + events.prune(depth);
  }

  void report(Map<String, Long> metrics) {
    metrics.put("queue_intents", (long) intents.size());
    metrics.put("queue_queries", (long) queries.size());
    metrics.put("queue_events", (long) events.size());
  }
}
