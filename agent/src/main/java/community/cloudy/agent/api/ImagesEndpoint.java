package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import community.cloudy.containers.Progress;
import community.cloudy.containers.engine.Image;
import community.cloudy.containers.engine.ImageReference;
import community.cloudy.containers.engine.Pruned;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Tells and changes which images this node has. */
final class ImagesEndpoint {
  private static final int USUAL_DAYS = 30;
  private static final int MAX_DAYS = 3650;

  private final EngineCalls engine;
  private final Jobs jobs;

  ImagesEndpoint(EngineCalls engine, Jobs jobs) {
    this.engine = engine;
    this.jobs = jobs;
  }

  CompletableFuture<Reply> list(Call call) {
    return engine.list("images", host -> host.engine().images().list(), ContainerJson::image);
  }

  CompletableFuture<Reply> pull(Call call) {
    ImageReference image = ImageReference.parse(call.body().text("image"));
    boolean force = call.body().flag("force");
    call.body().end();
    ContainerHost host = engine.host();
    return jobs.start(
        call.caller(),
        "image.pull",
        image.toString(),
        progress -> ContainerJson.image(pull(host, image, force, progress)));
  }

  /**
   * Gets an image.
   *
   * @param force whether it may fill the disk further than this node fills it by itself
   */
  static Image pull(ContainerHost host, ImageReference image, boolean force, Progress progress) {
    if (!force) {
      host.apps().checkRoom("get " + image);
    }
    return host.engine()
        .images()
        .pull(image, now -> progress.report(now.step(), now.done(), now.totalIfKnown()));
  }

  CompletableFuture<Reply> remove(Call call) {
    String image = call.body().text("image");
    boolean force = call.body().flag("force");
    call.body().end();
    return engine.answer(
        host -> {
          host.engine().images().remove(image, force);
          return Json.object().put("removed", image);
        });
  }

  CompletableFuture<Reply> prune(Call call) {
    int days = call.body().number("unused_for", 0, MAX_DAYS, USUAL_DAYS);
    call.body().end();
    ContainerHost host = engine.host();
    return jobs.start(
        call.caller(),
        "image.prune",
        days + " days",
        progress -> {
          Pruned pruned = host.engine().images().prune(Duration.ofDays(days));
          ObjectNode json = Json.object().put("bytes", pruned.bytes());
          ContainerJson.texts(json, "images", pruned.images());
          return json;
        });
  }
}
