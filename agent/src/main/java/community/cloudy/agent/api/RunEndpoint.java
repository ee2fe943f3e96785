package community.cloudy.agent.api;

import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.policy.Exceptions;
import java.util.concurrent.CompletableFuture;

/** Makes single containers, under the policy stacks have. */
final class RunEndpoint {
  private final EngineCalls engine;
  private final Jobs jobs;

  RunEndpoint(EngineCalls engine, Jobs jobs) {
    this.engine = engine;
    this.jobs = jobs;
  }

  /** Gets the image if it is not here, makes the container and starts it: a job. */
  CompletableFuture<Reply> run(Call call) {
    boolean force = call.body().flag("force");
    ContainerRequest request = RunBody.read(call.body());
    String name = request.name().orElseThrow();
    ContainerHost host = engine.host();
    return jobs.start(
        call.caller(),
        "container.run",
        name,
        progress -> {
          Exceptions exceptions = host.stacks().granted(name);
          // What is refused needs no image.
          host.containers().judge(request, exceptions);
          if (!host.engine().images().isHere(request.image().toString())) {
            ImagesEndpoint.pull(host, request.image(), force, progress);
          }
          String id = host.containers().run(request, exceptions);
          return Json.object().put("id", id).put("name", name);
        });
  }
}
