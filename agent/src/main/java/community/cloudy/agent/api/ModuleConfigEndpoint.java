package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigException;
import community.cloudy.agent.config.ModulesConfig;
import community.cloudy.agent.config.ModulesConfig.ModuleConfig;
import community.cloudy.agent.json.Json;
import community.cloudy.agent.log.Logging;
import community.cloudy.agent.modules.ModuleHost;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Changes how a module is set: the module takes it and proves that it works, then it is written
 * down. If either fails, both are as they were.
 */
final class ModuleConfigEndpoint {
  private final Node node;
  private final ModuleHost modules;
  private final Blocking blocking;

  ModuleConfigEndpoint(Node node, Blocking blocking) {
    this.node = node;
    modules = node.modules();
    this.blocking = blocking;
  }

  CompletableFuture<Reply> get(Call call) {
    return blocking.run(() -> Reply.json(now(call.at("module")).json()));
  }

  /** Returns how a module is set; one that is not named in the configuration, by its defaults. */
  private ModuleConfig now(String id) {
    return modules
        .state(id)
        .config()
        .orElseGet(() -> ModulesConfig.read(modules.module(id), Json.object()));
  }

  CompletableFuture<Reply> put(Call call) {
    ObjectNode section = call.body().whole();
    String id = call.at("module");
    return blocking.run(() -> Reply.json(change(id, section).json()));
  }

  private synchronized ModuleConfig change(String id, ObjectNode section) {
    Optional<ModuleConfig> before = modules.state(id).config();
    ModuleConfig wanted = ModulesConfig.read(modules.module(id), section);
    modules.apply(id, Optional.of(wanted));
    try {
      node.dropIns().write(id, wanted.json(), wanted);
      return wanted;
    } catch (ConfigException e) {
      modules.apply(id, before);
      throw e;
    }
  }

  /** Reads again how one module is set. */
  CompletableFuture<Reply> reload(Call call) {
    call.body().end();
    String id = call.at("module");
    return blocking.run(
        () -> {
          ModulesConfig read = node.dropIns().read().modules();
          modules.apply(id, Optional.ofNullable(read.settings().get(id)));
          return Reply.json(ModuleJson.of(modules.state(id)));
        });
  }

  /** Reads the whole configuration again; what is not about modules and logs needs a restart. */
  CompletableFuture<Reply> reloadAll(Call call) {
    call.body().end();
    return blocking.run(
        () -> {
          AgentConfig read = node.dropIns().read();
          Logging.apply(read.log());
          ObjectNode json = Json.object();
          ObjectNode refused = json.putObject("refused");
          modules.applyAll(read.modules()).forEach(refused::put);
          return Reply.json(json);
        });
  }
}
