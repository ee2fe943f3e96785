package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.QueryListener;
import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.QueryResponder;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.SerfException.Code;
import community.cloudy.gossip.serf.swim.BroadcastQueue;
import community.cloudy.gossip.serf.swim.Swim;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Scheduler;
import community.cloudy.gossip.serf.wire.Bytes;
import community.cloudy.gossip.serf.wire.QueryMessage;
import community.cloudy.gossip.serf.wire.QueryResponse;
import community.cloudy.gossip.serf.wire.Relay;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Asks questions of the community and answers them (specification B7). */
final class Queries {
  /** Names under which Serf's own questions go. */
  static final String INTERNAL = "_serf_";

  private static final int TIMEOUT_MULT = 16;
  private static final long LONGEST = Duration.ofHours(1).toNanos();

  private final Parts parts;
  private final LamportWindow<Long> window;
  private final InternalQueries internal;
  private final Map<Key, Open> open = new HashMap<>();

  /**
   * What questions need.
   *
   * @param config limits
   * @param gossipInterval of the profile, from which the default timeout follows
   * @param swim sends answers
   * @param members counts who is asked
   * @param clock of queries
   * @param queue of queries
   * @param scheduler time
   * @param random randomness
   * @param tags of this node
   * @param events hears the questions of others
   */
  record Parts(
      ClusterConfig config,
      long gossipInterval,
      Swim swim,
      Members members,
      LamportClock clock,
      BroadcastQueue queue,
      Scheduler scheduler,
      RandomGenerator random,
      Supplier<SortedMap<Bytes, Bytes>> tags,
      Consumer<SerfEvent> events) {}

  private record Key(long time, long id) {}

  private record Open(QueryListener listener, Set<Bytes> acknowledged, Set<Bytes> answered) {}

  Queries(Parts parts, InternalQueries internal) {
    this.parts = parts;
    this.internal = internal;
    window = new LamportWindow<>(parts.clock);
  }

  void ignoreBefore(long time) {
    window.ignoreBefore(time);
  }

  /** Returns how long answers are waited for by default, growing with the community. */
  private long timeout(QueryRequest request) {
    long byDefault =
        parts.gossipInterval * BroadcastQueue.transmitLimit(TIMEOUT_MULT, parts.members.size());
    long asked = request.timeout().map(Duration::toNanos).orElse(byDefault);
    return asked <= 0 ? byDefault : Math.min(asked, LONGEST);
  }

  /**
   * Asks.
   *
   * @throws SerfException if a filter is not valid or the question too long
   */
  void ask(QueryRequest request, QueryListener listener) {
    Endpoint here = parts.swim.self().endpoint();
    long timeout = timeout(request);
    QueryMessage query =
        new QueryMessage(
            parts.clock.time(),
            parts.random.nextInt() & 0x7fff_ffffL,
            here.address(),
            here.port(),
            parts.swim.self().name(),
            QueryFilters.encode(request),
            request.acknowledge() ? QueryMessage.ACK : 0,
            request.relayFactor(),
            timeout,
            Bytes.utf8(request.name()),
            request.payload());
    byte[] message = Cluster.userMessage(query.encode());
    int limit = Math.min(parts.config.querySize(), parts.swim.largestBroadcast()) + 1;
    if (message.length > limit) {
      throw new SerfException(
          Code.INVALID,
          "query exceeds limit of " + parts.config.querySize() + " bytes after encoding");
    }
    parts.clock.tick();
    Key key = new Key(query.lamportTime(), query.id());
    open.put(key, new Open(listener, new HashSet<>(), new HashSet<>()));
    parts.scheduler.schedule(
        timeout,
        () -> {
          open.remove(key);
          listener.finished();
        });
    asked(query);
    parts.queue.add(message);
  }

  /** Handles a query from the community; tells whether it was news to pass on. */
  boolean asked(QueryMessage query) {
    if (!window.isNew(query.lamportTime(), query.id())) {
      return false;
    }
    if (QueryFilters.pass(query.filters(), parts.swim.self().name(), parts.tags.get())) {
      if ((query.flags() & QueryMessage.ACK) != 0) {
        send(query, response(query, QueryMessage.ACK, Bytes.EMPTY));
      }
      Answer answer = new Answer(query, parts.scheduler.nanoTime() + query.timeoutNanos());
      String name = query.name().utf8();
      if (name.startsWith(INTERNAL)) {
        internal.asked(name, query.payload(), answer);
      } else {
        parts.events.accept(
            new SerfEvent.Query(
                query.lamportTime(),
                query.id(),
                query.sourceNode().utf8(),
                name,
                query.payload(),
                answer));
      }
    }
    return (query.flags() & QueryMessage.NO_BROADCAST) == 0;
  }

  private byte[] response(QueryMessage query, long flags, Bytes payload) {
    return new QueryResponse(
            query.lamportTime(), query.id(), parts.swim.self().name(), flags, payload)
        .encode();
  }

  private void send(QueryMessage query, byte[] response) {
    Endpoint asker = new Endpoint(query.address(), query.port());
    parts.swim.send(asker, Cluster.userMessage(response));
    if (query.relayFactor() > 0 && parts.members.size() > query.relayFactor()) {
      byte[] relay =
          new Relay(
                  query.address(),
                  query.port(),
                  Bytes.EMPTY,
                  query.sourceNode(),
                  Bytes.wrap(response))
              .encode();
      if (relay.length <= parts.config.queryResponseSize()) {
        parts.swim.sendToSome(query.relayFactor(), Cluster.userMessage(relay));
      }
    }
  }

  /** Passes on an answer that took a detour; only members are sent anything. */
  void relay(Relay relay) {
    Endpoint asker = new Endpoint(relay.address(), relay.port());
    if (parts.swim.knows(asker)) {
      parts.swim.send(asker, Cluster.userMessage(relay.inner().array()));
    }
  }

  /** Takes an answer to one of this node's questions. */
  void answered(QueryResponse response) {
    Open question = open.get(new Key(response.lamportTime(), response.id()));
    if (question == null) {
      return;
    }
    if ((response.flags() & QueryMessage.ACK) != 0) {
      if (question.acknowledged.add(response.from())) {
        question.listener.acknowledged(response.from().utf8());
      }
    } else if (question.answered.add(response.from())) {
      question.listener.answered(response.from().utf8(), response.payload());
    }
  }

  /** The one answer of this node to one question. */
  private final class Answer implements QueryResponder {
    private final QueryMessage query;
    private final long deadline;
    private boolean given;

    Answer(QueryMessage query, long deadline) {
      this.query = query;
      this.deadline = deadline;
    }

    @Override
    public void respond(Bytes payload) {
      if (given) {
        throw new SerfException(Code.INVALID, "response already sent");
      }
      if (parts.scheduler.nanoTime() - deadline > 0) {
        throw new SerfException(Code.TIMEOUT, "response is past the deadline");
      }
      byte[] response = response(query, 0, payload);
      int limit = parts.config.queryResponseSize();
      if (response.length > limit) {
        throw new SerfException(Code.INVALID, "response exceeds limit of " + limit + " bytes");
      }
      given = true;
      send(query, response);
    }
  }
}
