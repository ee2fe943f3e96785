package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.config.ModulesConfig;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.modules.ModuleHost;
import community.cloudy.agent.text.Printable;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.render.ManagedFolder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Tells of modules and leads their lives. */
final class ModulesEndpoint {
  static final Set<String> LOG_PARAMETERS = Set.of("lines");
  static final Set<String> DIFF_PARAMETERS = Set.of("from", "to");

  private static final int MAX_LINES = 2000;
  private static final int USUAL_LINES = 100;
  private static final int MAX_VERSION = 999_999;

  private final ModuleHost modules;
  private final Blocking blocking;

  ModulesEndpoint(Node node, Blocking blocking) {
    modules = node.modules();
    this.blocking = blocking;
  }

  private CompletableFuture<Reply> json(Supplier<ObjectNode> work) {
    return blocking.run(() -> Reply.json(work.get()));
  }

  CompletableFuture<Reply> list(Call call) {
    return json(
        () -> {
          ObjectNode json = Json.object();
          ArrayNode list = json.putArray("modules");
          modules.states().forEach(state -> list.add(ModuleJson.of(state)));
          ArrayNode refused = json.putArray("refused_plugins");
          modules
              .refusedPlugins()
              .forEach((jar, why) -> refused.addObject().put("file", jar).put("reason", why));
          return json;
        });
  }

  CompletableFuture<Reply> one(Call call) {
    return json(() -> one(call.at("module")));
  }

  private ObjectNode one(String id) {
    return ModuleJson.of(modules.state(id));
  }

  CompletableFuture<Reply> schema(Call call) {
    return blocking.run(() -> Reply.json(ModulesConfig.schema(modules.module(call.at("module")))));
  }

  CompletableFuture<Reply> logs(Call call) {
    int lines = call.query().one("lines", Query.number(1, MAX_LINES)).orElse(USUAL_LINES);
    return json(
        () -> {
          ObjectNode json = Json.object();
          ArrayNode list = json.putArray("lines");
          modules.log(call.at("module"), lines).forEach(line -> list.add(Printable.of(line)));
          return json;
        });
  }

  CompletableFuture<Reply> versions(Call call) {
    return json(
        () -> {
          ObjectNode json = Json.object();
          ArrayNode list = json.putArray("versions");
          modules
              .files(call.at("module"))
              .map(ManagedFolder::versions)
              .orElse(List.of())
              .forEach(
                  version ->
                      list.addObject()
                          .put("number", version.number())
                          .put("made", version.made().toString())
                          .put("in_use", version.inUse()));
          return json;
        });
  }

  CompletableFuture<Reply> diff(Call call) {
    int from = call.query().one("from", Query.number(1, MAX_VERSION)).orElse(0);
    int to = call.query().one("to", Query.number(1, MAX_VERSION)).orElse(0);
    return json(
        () -> {
          ManagedFolder files =
              modules
                  .files(call.at("module"))
                  .orElseThrow(
                      () -> new ServiceException(Code.NOT_FOUND, "It has written no files yet."));
          return Json.object().put("diff", files.diff(from, to));
        });
  }

  CompletableFuture<Reply> start(Call call) {
    return led(call, ModuleHost::start);
  }

  CompletableFuture<Reply> stop(Call call) {
    return led(call, ModuleHost::stop);
  }

  CompletableFuture<Reply> restart(Call call) {
    return led(call, ModuleHost::restart);
  }

  private CompletableFuture<Reply> led(Call call, BiConsumer<ModuleHost, String> deed) {
    call.body().end();
    String id = call.at("module");
    return json(
        () -> {
          deed.accept(modules, id);
          return one(id);
        });
  }

  /** Answers what a module itself answers. */
  CompletableFuture<Reply> resource(String id, Resource<?> resource, Call call) {
    Resource.Call asked =
        new Resource.Call(
            call.path(),
            call.query().each(resource.parameters()),
            call.body().whole(),
            call.caller().signature());
    return blocking.run(
        () -> {
          Resource.Answer answer = modules.call(id, resource, asked);
          return new Reply(200, answer.contentType(), answer.content());
        });
  }
}
