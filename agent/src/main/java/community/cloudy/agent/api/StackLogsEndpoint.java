package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineStream;
import community.cloudy.containers.engine.LogLine;
import community.cloudy.containers.engine.LogOptions;
import community.cloudy.containers.stacks.ServiceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Tells the last lines that a stack's containers wrote, in the order of time; or goes on with what
 * they write, as it comes.
 */
final class StackLogsEndpoint {
  static final Set<String> PARAMETERS = Set.of("service", "tail");

  private static final int TAIL = 100;
  private static final int MAX_TAIL = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Each holds one of the connections that streams may have. */
  private static final int MAX_FOLLOWED = 32;

  private final EngineCalls engine;
  private final ContainerStreams streams;

  StackLogsEndpoint(EngineCalls engine, ContainerStreams streams) {
    this.engine = engine;
    this.streams = streams;
  }

  private record Said(String service, LogLine line) {}

  private record Speaker(String service, Container container) {}

  CompletableFuture<? extends Answer> answer(Call call) {
    List<String> wanted = call.query().all("service");
    int tail = call.query().one("tail", Query.number(1, MAX_TAIL)).orElse(TAIL);
    String name = call.at("name");
    if (call.wantsStream()) {
      return streams.follow(
          "line",
          StackLogsEndpoint::line,
          (host, listener) -> follow(host.engine(), speakers(host, name, wanted), tail, listener));
    }
    return engine.answer(
        host -> {
          List<Said> lines = new ArrayList<>();
          speakers(host, name, wanted)
              .forEach(speaker -> lines.addAll(read(host.engine(), speaker, tail)));
          lines.sort(Comparator.comparing(said -> said.line().at()));
          return json(lines.subList(Math.max(0, lines.size() - tail), lines.size()));
        });
  }

  private static List<Speaker> speakers(ContainerHost host, String stack, List<String> wanted) {
    List<Speaker> speakers = new ArrayList<>();
    for (ServiceState service : host.stacks().get(stack).services().orElse(List.of())) {
      if (wanted.isEmpty() || wanted.contains(service.name())) {
        service.containers().forEach(c -> speakers.add(new Speaker(service.name(), c)));
      }
    }
    return speakers;
  }

  private static EngineStream follow(
      Engine engine, List<Speaker> speakers, int tail, EngineStream.Listener<Said> listener) {
    if (speakers.size() > MAX_FOLLOWED) {
      throw new ApiException(
          ProblemCode.CONFLICT,
          "At most " + MAX_FOLLOWED + " containers are followed at once. Choose services.");
    }
    LogOptions options = new LogOptions(true, Optional.empty(), tail, true, true);
    List<Function<EngineStream.Listener<Said>, EngineStream>> sources = new ArrayList<>();
    for (Speaker speaker : speakers) {
      sources.add(
          heard ->
              engine
                  .containers()
                  .logs(
                      speaker.container().id(),
                      options,
                      heard.from(line -> new Said(speaker.service(), line))));
    }
    return MergedStream.open(sources, listener);
  }

  private static List<Said> read(Engine engine, Speaker speaker, int tail) {
    List<Said> lines = Collections.synchronizedList(new ArrayList<>());
    try (EngineStream stream =
        engine
            .containers()
            .logs(
                speaker.container().id(),
                LogOptions.tail(tail),
                line -> lines.add(new Said(speaker.service(), line)))) {
      stream.await(PATIENCE);
    }
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private static ObjectNode json(List<Said> lines) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("lines");
    lines.forEach(said -> list.add(line(said)));
    return json;
  }

  private static ObjectNode line(Said said) {
    return Json.object()
        .put("at", said.line().at().toString())
        .put("service", Printable.of(said.service()))
        .put("stream", said.line().stream().name().toLowerCase(Locale.ROOT))
        .put("text", Printable.of(said.line().text()));
  }
}
