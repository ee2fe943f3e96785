package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerState;
import community.cloudy.containers.engine.EngineStream;
import community.cloudy.containers.engine.LogLine;
import community.cloudy.containers.engine.LogOptions;
import community.cloudy.containers.engine.Stats;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Tells what containers write and use: once, or as server-sent events for as long as it goes on.
 */
final class ContainerStreams {
  static final Set<String> LOG_PARAMETERS = Set.of("tail", "since", "stream");

  private static final int MAX_TAIL = 10_000;
  private static final int USUAL_TAIL = 100;
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_MEASURED = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EngineCalls engine;
  private final Waiting waiting;

  ContainerStreams(EngineCalls engine, Waiting waiting) {
    this.engine = engine;
    this.waiting = waiting;
  }

  CompletableFuture<? extends Answer> logs(Call call) {
    int tail = call.query().one("tail", Query.number(0, MAX_TAIL)).orElse(USUAL_TAIL);
    Optional<Instant> since = call.query().one("since", ContainerStreams::instant);
    String stream = call.query().one("stream", ContainerStreams::stream).orElse("");
    LogOptions options =
        new LogOptions(
            call.wantsStream(), since, tail, !stream.equals("stderr"), !stream.equals("stdout"));
    return call.wantsStream()
        ? follow(
            "line",
            ContainerStreams::line,
            (host, listener) -> host.engine().containers().logs(call.at("id"), options, listener))
        : engine.answer(host -> collect(host, call.at("id"), options));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time such as 2026-11-24T10:00:00Z", e);
    }
  }

  private static String stream(String text) {
    if (!text.equals("stdout") && !text.equals("stderr")) {
      throw new IllegalArgumentException("must be stdout or stderr");
    }
    return text;
  }

  private static ObjectNode line(LogLine line) {
    return Json.object()
        .put("at", line.at().toString())
        .put("stream", ContainerJson.word(line.stream()))
        .put("text", line.text());
  }

  private static ObjectNode collect(ContainerHost host, String id, LogOptions options) {
    List<LogLine> lines = new ArrayList<>();
    long[] bytes = {0};
    EngineStream.Listener<LogLine> keeper =
        line -> {
          synchronized (lines) {
            bytes[0] += line.text().length();
            if (bytes[0] <= MAX_BYTES) {
              lines.add(line);
            }
          }
        };
    boolean whole;
    try (EngineStream log = host.engine().containers().logs(id, options, keeper)) {
      whole = log.await(PATIENCE);
    }
    synchronized (lines) {
      ObjectNode json = Json.object();
      ArrayNode list = json.putArray("lines");
      lines.forEach(line -> list.add(line(line)));
      return json.put("truncated", !whole || bytes[0] > MAX_BYTES);
    }
  }

  CompletableFuture<? extends Answer> stats(Call call) {
    String id = call.at("id");
    return call.wantsStream()
        ? follow(
            "stats",
            ContainerJson::stats,
            (host, listener) -> host.engine().containers().stats(id, listener))
        : engine.answer(host -> ContainerJson.stats(measure(host, id)));
  }

  private record Used(String id, Stats stats) {
    ObjectNode json() {
      return ContainerJson.stats(stats).put("id", id);
    }
  }

  /** Tells what all containers use that run now, in one stream: browsers open few at a time. */
  CompletableFuture<? extends Answer> allStats(Call call) {
    if (!call.wantsStream()) {
      throw new ApiException(
          ProblemCode.BAD_REQUEST, "This is a stream: ask with Accept: text/event-stream.");
    }
    return follow("stats", Used::json, ContainerStreams::allStats);
  }

  private static EngineStream allStats(ContainerHost host, EngineStream.Listener<Used> listener) {
    List<Function<EngineStream.Listener<Used>, EngineStream>> sources = new ArrayList<>();
    host.engine().containers().list(Map.of()).stream()
        .filter(container -> container.state() == ContainerState.RUNNING)
        .map(Container::id)
        .limit(MAX_MEASURED)
        .forEach(
            id ->
                sources.add(
                    heard ->
                        host.engine()
                            .containers()
                            .stats(id, heard.from(stats -> new Used(id, stats)))));
    return MergedStream.open(sources, listener);
  }

  /** Takes the second sample: the first knows no earlier one to compare with. */
  private static Stats measure(ContainerHost host, String id) {
    CompletableFuture<Stats> second = new CompletableFuture<>();
    List<Stats> samples = new ArrayList<>();
    EngineStream.Listener<Stats> taker =
        sample -> {
          samples.add(sample);
          if (samples.size() == 2) {
            second.complete(sample);
          }
        };
    EngineStream stats = host.engine().containers().stats(id, taker);
    try {
      return second.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new ApiException(ProblemCode.CONFLICT, "The container uses nothing: it does not run.");
    } catch (InterruptedException e) {
      throw new ApiException(ProblemCode.UNAVAILABLE, "The node is stopping.");
    } finally {
      stats.close();
    }
  }

  /** Opens a stream of the engine, to be told to a feed. */
  interface Opening<T> {
    EngineStream open(ContainerHost host, EngineStream.Listener<T> listener);
  }

  /** Answers with what a stream of the engine tells, as events of {@code type}. */
  <T> CompletableFuture<EventStream> follow(
      String type, Function<T, ObjectNode> json, Opening<T> opening) {
    EngineFeed<T> feed = new EngineFeed<>(type, json, waiting.streams()::wake);
    EventStream stream = waiting.streams().admit(feed);
    try {
      return engine
          .on(
              host -> {
                feed.feeds(opening.open(host, feed.listener()));
                return stream;
              })
          .whenComplete(
              (opened, failure) -> {
                if (failure != null) {
                  stream.drop();
                }
              });
    } catch (RuntimeException e) {
      stream.drop();
      throw e;
    }
  }
}
