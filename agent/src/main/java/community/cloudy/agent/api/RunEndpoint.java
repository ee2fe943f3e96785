package community.cloudy.agent.api;

import community.cloudy.agent.json.Json;
import community.cloudy.agent.text.Printable;
import community.cloudy.containers.Containers;
import community.cloudy.containers.Progress;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineException;
import community.cloudy.containers.policy.Exceptions;
import community.cloudy.containers.stacks.Stacks;
import java.util.concurrent.CompletableFuture;

/** Makes single containers, under the policy stacks have. */
final class RunEndpoint {
  private final Engine engine;
  private final Containers containers;
  private final Stacks stacks;
  private final Jobs jobs;

  RunEndpoint(Engine engine, Containers containers, Stacks stacks, Jobs jobs) {
    this.engine = engine;
    this.containers = containers;
    this.stacks = stacks;
    this.jobs = jobs;
  }

  /** Gets the image if it is not here, makes the container and starts it: a job. */
  CompletableFuture<Reply> run(Call call) {
    ContainerRequest request = RunBody.read(call.body());
    String name = request.name().orElseThrow();
    return CompletableFuture.completedFuture(
        jobs.start(
            call.caller(),
            "container.run",
            Printable.of(name),
            progress -> {
              Exceptions exceptions = stacks.granted(name);
              // What is refused needs no image.
              containers.judge(request, exceptions);
              getImage(request, progress::report);
              String id = containers.run(request, exceptions);
              return Json.object().put("id", id).put("name", name);
            }));
  }

  private void getImage(ContainerRequest request, Progress progress) {
    try {
      engine.images().inspect(request.image().toString());
    } catch (EngineException e) {
      if (e.code() != EngineException.Code.NOT_FOUND) {
        throw e;
      }
      engine.images().pull(request.image(), p -> progress.report(p.step(), p.done(), p.total()));
    }
  }
}
