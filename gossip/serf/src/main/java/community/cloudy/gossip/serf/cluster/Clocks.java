package community.cloudy.gossip.serf.cluster;

import java.util.Map;

/** The three Lamport clocks of a node (specification B3). */
public final class Clocks {
  private final LamportClock members = new LamportClock();
  private final LamportClock events = new LamportClock();
  private final LamportClock queries = new LamportClock();

  /**
   * The highest times seen.
   *
   * @param members of intents
   * @param events of user events
   * @param queries of queries
   */
  public record Times(long members, long events, long queries) {
    /** Nothing seen. */
    public static final Times NONE = new Times(0, 0, 0);
  }

  LamportClock members() {
    return members;
  }

  LamportClock events() {
    return events;
  }

  LamportClock queries() {
    return queries;
  }

  Times times() {
    return new Times(members.time() - 1, events.time() - 1, queries.time() - 1);
  }

  /** Puts the next times this node would give into {@code metrics}. */
  void report(Map<String, Long> metrics) {
    metrics.put("member_time", members.time());
    metrics.put("event_time", events.time());
    metrics.put("query_time", queries.time());
  }

  void resume(Times seen) {
    members.witness(seen.members);
    events.witness(seen.events);
    queries.witness(seen.queries);
  }
}
