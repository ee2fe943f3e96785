package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.containers.ContainerHost;
import community.cloudy.agent.json.Json;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** How endpoints reach what runs containers: on threads of its own, for the engine takes time. */
final class EngineCalls {
  private final Optional<ContainerHost> host;
  private final Blocking blocking;

  EngineCalls(Optional<ContainerHost> host, Blocking blocking) {
    this.host = host;
    this.blocking = blocking;
  }

  /**
   * Returns what runs containers.
   *
   * @throws ApiException if this node is set up without
   */
  ContainerHost host() {
    return host.orElseThrow(
        () ->
            new ApiException(
                ProblemCode.UNAVAILABLE,
                "This node runs no containers. Set containers.engine, and restart it."));
  }

  /** Answers with what {@code question} makes of the engine. */
  CompletableFuture<Reply> answer(Function<ContainerHost, ObjectNode> question) {
    return on(found -> Reply.json(question.apply(found)));
  }

  /** Answers with a list under {@code name} of what {@code question} finds. */
  <T> CompletableFuture<Reply> list(
      String name,
      Function<ContainerHost, ? extends Collection<T>> question,
      Function<T, ObjectNode> json) {
    return answer(
        found -> {
          ObjectNode object = Json.object();
          ArrayNode list = object.putArray(name);
          question.apply(found).forEach(one -> list.add(json.apply(one)));
          return object;
        });
  }

  /** Does something that may block. */
  <T> CompletableFuture<T> on(Function<ContainerHost, T> work) {
    ContainerHost found = host();
    return blocking.run(() -> work.apply(found));
  }
}
