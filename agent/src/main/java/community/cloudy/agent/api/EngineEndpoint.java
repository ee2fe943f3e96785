package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.engine.DiskUsage;
import community.cloudy.containers.engine.EngineInfo;
import community.cloudy.containers.engine.EngineStatus;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Tells how the engine is, and of its volumes and networks. */
final class EngineEndpoint {
  private final EngineCalls engine;

  EngineEndpoint(EngineCalls engine) {
    this.engine = engine;
  }

  CompletableFuture<Reply> engine(Call call) {
    return engine.answer(EngineEndpoint::engine);
  }

  private static ObjectNode engine(ContainerHost host) {
    ObjectNode json = Json.object();
    EngineStatus status = host.engine().status();
    if (status instanceof EngineStatus.Unknown unknown) {
      json.put("state", "unknown").put("reason", unknown.reason());
    } else if (status instanceof EngineStatus.Ok) {
      describe(json.put("state", "ok"), host.engine().info());
    }
    json.put("since", status.since().toString());
    ObjectNode problems = json.putObject("not_announced");
    host.notAnnounced().forEach(problems::put);
    return json;
  }

  private static void describe(ObjectNode json, EngineInfo info) {
    json.put("version", info.version().engine())
        .put("api_version", info.version().api())
        .put("system", info.version().system())
        .put("kernel", info.version().kernel())
        .put("root", info.root())
        .put("storage", info.storage())
        .put("cgroups", info.cgroups())
        .put("limits_memory", info.limitsMemory())
        .put("live_restore", info.liveRestore());
    ContainerJson.texts(json, "warnings", info.warnings());
  }

  CompletableFuture<Reply> usage(Call call) {
    return engine.answer(
        host -> {
          DiskUsage usage = host.engine().diskUsage();
          ObjectNode json =
              Json.object()
                  .put("images", usage.images())
                  .put("containers", usage.containers())
                  .put("build_cache", usage.buildCache());
          ObjectNode volumes = json.putObject("volumes");
          new TreeMap<>(usage.volumes())
              .forEach(
                  (name, bytes) -> {
                    if (bytes >= 0) {
                      volumes.put(name, bytes);
                    }
                  });
          return json;
        });
  }

  CompletableFuture<Reply> volumes(Call call) {
    return engine.list("volumes", host -> host.engine().volumes().list(), ContainerJson::volume);
  }

  CompletableFuture<Reply> removeVolume(Call call) {
    call.body().end();
    return engine.answer(
        host -> {
          host.engine().volumes().remove(call.at("name"));
          return Json.object().put("removed", call.at("name"));
        });
  }

  CompletableFuture<Reply> networks(Call call) {
    return engine.list("networks", host -> host.engine().networks().list(), ContainerJson::network);
  }

  CompletableFuture<Reply> removeNetwork(Call call) {
    call.body().end();
    return engine.answer(
        host -> {
          host.engine().networks().remove(call.at("name"));
          return Json.object().put("removed", call.at("name"));
        });
  }
}
