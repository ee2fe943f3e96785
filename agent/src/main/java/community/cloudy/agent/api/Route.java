package community.cloudy.agent.api;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One thing the API does.
 *
 * @param method {@code GET}, which changes nothing, or {@code POST}
 * @param path exact
 * @param parameters what its query may hold
 * @param endpoint does it
 */
record Route(String method, String path, Set<String> parameters, Endpoint endpoint) {
  /** Answers calls; throws {@link ApiException} or fails with one to refuse. */
  @FunctionalInterface
  interface Endpoint {
    CompletableFuture<Reply> answer(Call call);
  }

  boolean changes() {
    return !method.equals("GET");
  }

  static Route get(String path, Set<String> parameters, Endpoint endpoint) {
    return new Route("GET", path, parameters, endpoint);
  }

  static Route post(String path, Endpoint endpoint) {
    return new Route("POST", path, Set.of(), endpoint);
  }
}
