package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Tells the last lines that a stack's containers wrote, in the order of time. */
final class StackLogsEndpoint {
  static final Set<String> PARAMETERS = Set.of("service", "tail");

  private static final int TAIL = 100;
  private static final int MAX_TAIL = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EngineCalls engine;

  StackLogsEndpoint(EngineCalls engine) {
    this.engine = engine;
  }

  private record Said(String service, LogLine line) {}

  CompletableFuture<Reply> answer(Call call) {
    List<String> wanted = call.query().all("service");
    int tail = call.query().one("tail", Query.number(1, MAX_TAIL)).orElse(TAIL);
    return engine.answer(
        host -> {
          List<Said> lines = new ArrayList<>();
          for (ServiceState service :
              host.stacks().get(call.at("name")).services().orElse(List.of())) {
            if (wanted.isEmpty() || wanted.contains(service.name())) {
              service
                  .containers()
                  .forEach(c -> lines.addAll(read(host.engine(), service.name(), c, tail)));
            }
          }
          lines.sort(Comparator.comparing(said -> said.line().at()));
          return json(lines.subList(Math.max(0, lines.size() - tail), lines.size()));
        });
  }

  private static List<Said> read(Engine engine, String service, Container container, int tail) {
    List<Said> lines = Collections.synchronizedList(new ArrayList<>());
    try (EngineStream stream =
        engine
            .containers()
            .logs(
                container.id(),
                LogOptions.tail(tail),
                line -> lines.add(new Said(service, line)))) {
      stream.await(PATIENCE);
    }
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private static ObjectNode json(List<Said> lines) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("lines");
    for (Said said : lines) {
      list.addObject()
          .put("at", said.line().at().toString())
          .put("service", Printable.of(said.service()))
          .put("stream", said.line().stream().name().toLowerCase(Locale.ROOT))
          .put("text", Printable.of(said.line().text()));
    }
    return json;
  }
}
