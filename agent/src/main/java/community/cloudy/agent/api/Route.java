package community.cloudy.agent.api;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One thing the API does.
 *
 * @param method {@code GET}, which changes nothing, {@code POST}, {@code PUT} or {@code DELETE}
 * @param path where it does so
 * @param parameters what its query may hold
 * @param forWriters whether only those may call it who may change things
 * @param endpoint does it
 */
record Route(
    String method,
    PathTemplate path,
    Set<String> parameters,
    boolean forWriters,
    Endpoint endpoint) {
  /** Answers calls; throws {@link ApiException} or fails with one to refuse. */
  @FunctionalInterface
  interface Endpoint {
    CompletableFuture<? extends Answer> answer(Call call);
  }

  boolean changes() {
    return !method.equals("GET");
  }

  static Route get(String path, Set<String> parameters, Endpoint endpoint) {
    return new Route("GET", PathTemplate.of(path), parameters, false, endpoint);
  }

  /** Returns a route to what only those may see who may change things. */
  static Route getSecret(String path, Endpoint endpoint) {
    return new Route("GET", PathTemplate.of(path), Set.of(), true, endpoint);
  }

  static Route post(String path, Endpoint endpoint) {
    return new Route("POST", PathTemplate.of(path), Set.of(), true, endpoint);
  }

  static Route put(String path, Endpoint endpoint) {
    return new Route("PUT", PathTemplate.of(path), Set.of(), true, endpoint);
  }

  static Route delete(String path, Endpoint endpoint) {
    return new Route("DELETE", PathTemplate.of(path), Set.of(), true, endpoint);
  }
}
