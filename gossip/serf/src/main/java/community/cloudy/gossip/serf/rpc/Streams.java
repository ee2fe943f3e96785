package community.cloudy.gossip.serf.rpc;

import community.cloudy.gossip.serf.QueryRequest;
import community.cloudy.gossip.serf.QueryResponder;
import community.cloudy.gossip.serf.Serf;
import community.cloudy.gossip.serf.SerfEvent;
import community.cloudy.gossip.serf.SerfException;
import community.cloudy.gossip.serf.wire.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What one client streams: events, the log, answers to queries (specification C3). */
final class Streams implements Feed.Subscriber {
  private static final int MOST = 16;
  private static final int OPEN_QUERIES = 512;
  private static final String PING = "_serf_ping";
  private static final String INTERNAL = "_serf_";

  private final Serf serf;
  private final Connection connection;
  private final Executor loop;
  private final Feed feed;
  private final LogRing logs;
  private final Map<Long, Filtered> events = new HashMap<>();
  private Optional<Monitor> monitor = Optional.empty();
  private int asking;
  private long lastId;
  private final Map<Long, QueryResponder> queries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, QueryResponder> eldest) {
          return size() > OPEN_QUERIES;
        }
      };

  private record Filtered(EventFilter filter, RecordStream records) {}

  private record Monitor(long seq, Consumer<LogRing.Line> listener) {}

  Streams(Serf serf, Connection connection, Executor loop, Feed feed, LogRing logs) {
    this.serf = serf;
    this.connection = connection;
    this.loop = loop;
    this.feed = feed;
    this.logs = logs;
  }

  void run(Request request) throws WireException {
    switch (request.command()) {
      case "stream" -> stream(request);
      case "monitor" -> monitor(request);
      case "stop" -> stop(request);
      case "query" -> ask(request);
      case "respond" -> answer(request, respond(request.body()));
      default -> throw new WireException("command " + request.command() + " is not known");
    }
  }

  private void answer(Request request, String error) {
    connection.send(Replies.header(request.seq(), error).toByteArray());
  }

  private void stream(Request request) throws WireException {
    Optional<EventFilter> filter = EventFilter.parse(request.body().text("Type"));
    if (filter.isEmpty()) {
      answer(request, "Invalid event filter");
    } else if (events.containsKey(request.seq())) {
      answer(request, "Stream with given sequence exists");
    } else if (events.size() + asking >= MOST) {
      answer(request, "Too many streams, at most " + MOST);
    } else {
      answer(request, "");
      RecordStream records = new RecordStream(connection, request.seq());
      events.put(request.seq(), new Filtered(filter.get(), records));
      feed.add(this);
    }
  }

  private void monitor(Request request) throws WireException {
    String name = request.body().text("LogLevel").toUpperCase(Locale.ROOT);
    Optional<LogRing.Severity> least = LogRing.Severity.named(name);
    if (least.isEmpty()) {
      answer(request, "Unknown log level: " + name);
    } else if (monitor.isPresent()) {
      answer(request, "Monitor already exists");
    } else {
      answer(request, "");
      RecordStream records = new RecordStream(connection, request.seq());
      Consumer<LogRing.Line> show =
          line -> {
            if (line.severity().compareTo(least.get()) >= 0) {
              records.offer(Replies.log(line.text()));
            }
          };
      Consumer<LogRing.Line> listener = line -> loop.execute(() -> show.accept(line));
      monitor = Optional.of(new Monitor(request.seq(), listener));
      logs.listen(listener).forEach(show);
    }
  }

  private void stop(Request request) throws WireException {
    long seq = request.body().integer("Stop", 0, Long.MAX_VALUE);
    events.remove(seq);
    monitor.filter(stopped -> stopped.seq == seq).ifPresent(this::stop);
    answer(request, "");
  }

  private void stop(Monitor stopped) {
    logs.forget(stopped.listener);
    monitor = Optional.empty();
  }

  private void ask(Request request) throws WireException {
    Body body = request.body();
    String name = body.text("Name");
    if (name.startsWith(INTERNAL) && !(name.equals(PING) && body.isNil("Payload"))) {
      answer(request, "Queries cannot contain the '" + INTERNAL + "' prefix");
      return;
    }
    if (events.size() + asking >= MOST) {
      answer(request, "Too many streams, at most " + MOST);
      return;
    }
    long timeout = body.integer("Timeout", Long.MIN_VALUE, Long.MAX_VALUE);
    QueryRequest question =
        new QueryRequest(
            name,
            body.bytes("Payload"),
            body.texts("FilterNodes"),
            body.textMap("FilterTags"),
            body.bool("RequestAck"),
            (int) body.integer("RelayFactor", 0, 255),
            timeout > 0 ? Optional.of(Duration.ofNanos(timeout)) : Optional.empty());
    asking++;
    QueryAnswers answers = new QueryAnswers(loop, new Asker(request));
    connection.await(
        serf.query(question, answers),
        (nothing, failure) ->
            failure.ifPresentOrElse(
                cause -> {
                  asking--;
                  answer(request, String.valueOf(cause.getMessage()));
                },
                answers::accepted));
  }

  /** Sends this client what belongs to its query. */
  private final class Asker implements QueryAnswers.Client {
    private final Request request;
    private final RecordStream records;

    Asker(Request request) {
      this.request = request;
      records = new RecordStream(connection, request.seq());
    }

    @Override
    public void accepted() {
      answer(request, "");
    }

    @Override
    public void record(byte[] record) {
      records.offer(record);
    }

    @Override
    public void last(byte[] record) {
      asking--;
      records.force(record);
    }
  }

  private String respond(Body body) throws WireException {
    QueryResponder responder = queries.get(body.integer("ID", 0, Long.MAX_VALUE));
    if (responder == null) {
      return "No pending queries matching ID";
    }
    try {
      responder.respond(body.bytes("Payload"));
      return "";
    } catch (SerfException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public void event(String type, String name, byte[] record) {
    for (Filtered stream : Map.copyOf(events).values()) {
      if (stream.filter.matches(type, name)) {
        stream.records.offer(record);
      }
    }
  }

  @Override
  public void query(SerfEvent.Query query) {
    for (Filtered stream : Map.copyOf(events).values()) {
      if (stream.filter.matches("query", query.name())) {
        queries.put(++lastId, query.responder());
        stream.records.offer(
            Replies.query(lastId, query.lamportTime(), query.name(), query.payload()));
      }
    }
  }

  void closed() {
    feed.remove(this);
    monitor.ifPresent(this::stop);
    events.clear();
    queries.clear();
  }
}
