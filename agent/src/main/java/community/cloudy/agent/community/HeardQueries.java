package community.cloudy.agent.community;

import community.cloudy.gossip.serf.QueryResponder;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last questions of the community that this node has not answered yet. Thread safe. */
final class HeardQueries {
  private static final int MAX = 64;

  private final Map<String, QueryResponder> open = new LinkedHashMap<>();

  /** Keeps a question, in place of the oldest if there are many; returns its id. */
  synchronized String add(SerfEvent.Query query) {
    String id = query.lamportTime() + "-" + query.id();
    open.put(id, query.responder());
    if (open.size() > MAX) {
      open.remove(open.keySet().iterator().next());
    }
    return id;
  }

  /**
   * Answers a question; tells whether it is one of these.
   *
   * @throws community.cloudy.gossip.serf.SerfException if its time is over or the answer too long
   */
  boolean answer(String id, Bytes payload) {
    Optional<QueryResponder> responder = find(id);
    responder.ifPresent(found -> found.respond(payload));
    forget(id);
    return responder.isPresent();
  }

  private synchronized Optional<QueryResponder> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  private synchronized void forget(String id) {
    open.remove(id);
  }
}
