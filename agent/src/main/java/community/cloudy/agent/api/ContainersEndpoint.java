package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.engine.ContainerApi;
import community.cloudy.containers.engine.ContainerDetail;
import community.cloudy.containers.engine.ExecResult;
import community.cloudy.containers.engine.ProcessTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Tells and changes what the containers of this node do. */
final class ContainersEndpoint {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration MAX_GRACE = Duration.ofMinutes(1);
  private static final int MAX_ARGUMENTS = 100;
  private static final int MAX_OUTPUT = 1 << 20;

  private final EngineCalls engine;

  ContainersEndpoint(EngineCalls engine) {
    this.engine = engine;
  }

  CompletableFuture<Reply> list(Call call) {
    Map<String, String> labels = new HashMap<>();
    for (String label : call.query().all("label")) {
      String[] parts = label.split("=", 2);
      labels.put(parts[0], parts.length < 2 ? "" : parts[1]);
    }
    return engine.answer(
        host -> {
          ObjectNode json = Json.object();
          ArrayNode list = json.putArray("containers");
          Map<String, String> problems = host.notAnnounced();
          Ownership ownership = new Ownership(host);
          host.engine()
              .containers()
              .list(labels)
              .forEach(
                  container -> {
                    ObjectNode one = ownership.tell(ContainerJson.container(container), container);
                    if (problems.containsKey(container.name())) {
                      one.put("not_announced", problems.get(container.name()));
                    }
                    list.add(one);
                  });
          return json;
        });
  }

  CompletableFuture<Reply> one(Call call) {
    return engine.answer(host -> detail(host, call.at("id")));
  }

  private static ObjectNode detail(ContainerHost host, String id) {
    ContainerDetail detail = host.engine().containers().inspect(id);
    return new Ownership(host).tell(ContainerJson.detail(detail), detail);
  }

  /** Takes over a container that others made. */
  CompletableFuture<Reply> adopt(Call call) {
    call.body().end();
    String by = call.caller().signature();
    return engine.answer(host -> detail(host, host.adopted().adopt(call.at("id"), by).id()));
  }

  CompletableFuture<Reply> start(Call call) {
    return act(call, ContainerApi::start, Optional.of(true));
  }

  CompletableFuture<Reply> stop(Call call) {
    Duration grace = grace(call);
    return act(call, (containers, id) -> containers.stop(id, grace), Optional.of(false));
  }

  CompletableFuture<Reply> restart(Call call) {
    Duration grace = grace(call);
    return act(call, (containers, id) -> containers.restart(id, grace), Optional.of(true));
  }

  private static Duration grace(Call call) {
    Duration grace = call.body().time("grace").orElse(GRACE);
    if (grace.compareTo(MAX_GRACE) > 0) {
      call.body().refuse("grace", "must be at most 1m");
    }
    return grace;
  }

  CompletableFuture<Reply> kill(Call call) {
    String signal = call.body().has("signal") ? call.body().text("signal") : "SIGKILL";
    return act(call, (containers, id) -> containers.kill(id, signal), Optional.empty());
  }

  CompletableFuture<Reply> pause(Call call) {
    return act(call, ContainerApi::pause, Optional.empty());
  }

  CompletableFuture<Reply> unpause(Call call) {
    return act(call, ContainerApi::unpause, Optional.empty());
  }

  CompletableFuture<Reply> rename(Call call) {
    String name = call.body().text("name");
    return act(call, (containers, id) -> containers.rename(id, name), Optional.empty());
  }

  /**
   * Does it to one that is there before and after, and answers with how that is then.
   *
   * @param up whether it should run from now on, if that is what this is about
   */
  private CompletableFuture<Reply> act(
      Call call, BiConsumer<ContainerApi, String> deed, Optional<Boolean> up) {
    call.body().end();
    return engine.answer(
        host -> {
          ContainerApi containers = host.engine().containers();
          String id = containers.inspect(call.at("id")).id();
          up.ifPresent(now -> host.adopted().want(id, now));
          deed.accept(containers, id);
          return detail(host, id);
        });
  }

  CompletableFuture<Reply> remove(Call call) {
    boolean force = call.body().flag("force");
    boolean volumes = call.body().flag("volumes");
    call.body().end();
    return engine.answer(
        host -> {
          String id = host.engine().containers().inspect(call.at("id")).id();
          host.engine().containers().remove(call.at("id"), force, volumes);
          host.adopted().forget(id);
          return Json.object().put("removed", call.at("id"));
        });
  }

  CompletableFuture<Reply> top(Call call) {
    return engine.answer(
        host -> {
          ProcessTable table = host.engine().containers().top(call.at("id"));
          ObjectNode json = Json.object();
          ContainerJson.texts(json, "titles", table.titles());
          ArrayNode rows = json.putArray("processes");
          table.rows().forEach(row -> row.forEach(rows.addArray()::add));
          return json;
        });
  }

  CompletableFuture<Reply> exec(Call call) {
    List<String> command = call.body().texts("command", MAX_ARGUMENTS);
    Duration timeout = call.body().time("timeout").orElse(Duration.ofSeconds(30));
    call.body().end();
    return engine.answer(
        host -> {
          ExecResult result =
              host.engine().containers().exec(call.at("id"), command, timeout, MAX_OUTPUT);
          return Json.object()
              .put("exit_code", result.exitCode())
              .put("stdout", result.stdout())
              .put("stderr", result.stderr())
              .put("truncated", result.truncated());
        });
  }
}
