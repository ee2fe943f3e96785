package community.cloudy.agent.api;

import community.cloudy.auth.Role;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One thing the API does.
 *
 * @param method {@code GET}, which changes nothing, {@code POST}, {@code PUT} or {@code DELETE}
 * @param path where it does so
 * @param parameters what its query may hold
 * @param role the least a caller must have; empty means that anybody may call
 * @param deed what the audit log calls it; empty for what is not written there
 * @param most bytes its requests may carry
 * @param endpoint does it
 */
record Route(
    String method,
    PathTemplate path,
    Set<String> parameters,
    Optional<Role> role,
    Optional<Deed> deed,
    int most,
    Endpoint endpoint) {
  private static final int USUAL = 64 * 1024;

  /** Returns a route whose requests carry as much as most do. */
  Route(
      String method,
      PathTemplate path,
      Set<String> parameters,
      Optional<Role> role,
      Optional<Deed> deed,
      Endpoint endpoint) {
    this(method, path, parameters, role, deed, USUAL, endpoint);
  }

  /** Answers calls; throws {@link ApiException} or fails with one to refuse. */
  @FunctionalInterface
  interface Endpoint {
    CompletableFuture<? extends Answer> answer(Call call);
  }

  /**
   * A change in the words of the audit log.
   *
   * @param action such as {@code service.announce}
   * @param field of the body that names what is acted on, beside the values in the path; empty for
   *     none
   */
  record Deed(String action, String field) {
    static Deed of(String action) {
      return new Deed(action, "");
    }
  }

  /** Returns the same for requests that carry up to {@code bytes}. */
  Route carrying(int bytes) {
    return new Route(method, path, parameters, role, deed, bytes, endpoint);
  }

  boolean changes() {
    return !method.equals("GET");
  }

  /** Tells whether it ends a session, which nobody may be kept from. */
  boolean isForOffline() {
    return path.text().equals(LoginEndpoint.LOGOUT);
  }

  static Route get(Role role, String path, Set<String> parameters, Endpoint endpoint) {
    return new Route(
        "GET", PathTemplate.of(path), parameters, Optional.of(role), Optional.empty(), endpoint);
  }

  static Route get(Role role, String path, Endpoint endpoint) {
    return get(role, path, Set.of(), endpoint);
  }

  /** Returns a route for those, too, who do not say who they are. */
  static Route open(String method, String path, Endpoint endpoint) {
    return new Route(
        method, PathTemplate.of(path), Set.of(), Optional.empty(), Optional.empty(), endpoint);
  }

  static Route post(Role role, String path, Deed deed, Endpoint endpoint) {
    return change("POST", role, path, deed, endpoint);
  }

  static Route put(Role role, String path, Deed deed, Endpoint endpoint) {
    return change("PUT", role, path, deed, endpoint);
  }

  static Route delete(Role role, String path, Deed deed, Endpoint endpoint) {
    return delete(role, path, Set.of(), deed, endpoint);
  }

  static Route delete(
      Role role, String path, Set<String> parameters, Deed deed, Endpoint endpoint) {
    return new Route(
        "DELETE",
        PathTemplate.of(path),
        parameters,
        Optional.of(role),
        Optional.of(deed),
        endpoint);
  }

  private static Route change(String method, Role role, String path, Deed deed, Endpoint endpoint) {
    return new Route(
        method, PathTemplate.of(path), Set.of(), Optional.of(role), Optional.of(deed), endpoint);
  }
}
