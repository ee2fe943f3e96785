package community.cloudy.agent.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** The table of everything the API does; where two paths fit, the earlier one is meant. */
final class Routes {
  private final List<Route> routes;

  Routes(List<Route> routes) {
    this.routes = routes;
  }

  /**
   * A route, and the values in the path by which it was found.
   *
   * @param route what is to be done
   * @param path its values by name
   */
  record Found(Route route, Map<String, String> path) {}

  /** Returns every route, answered for {@code node}. */
  static Routes of(Node node, Waiting waiting) {
    MembersEndpoint members = new MembersEndpoint(node.community(), waiting.changes());
    EventsEndpoint events = new EventsEndpoint(node, waiting);
    QueriesEndpoint queries = new QueriesEndpoint(node.community(), waiting);
    CommunityEndpoints changes = new CommunityEndpoints(node);
    KeysEndpoint keys = new KeysEndpoint(node);
    TagsEndpoint tags = new TagsEndpoint(node.community());
    ServicesEndpoint services = new ServicesEndpoint(node.community(), waiting.changes());
    AnnouncementsEndpoint own = new AnnouncementsEndpoint(node.community().services());
    TrustEndpoint trust = new TrustEndpoint(node.community().services());
    Metrics metrics = new Metrics(node);
    return new Routes(
        List.of(
            Route.get("/v1/agent", Set.of(), call -> done(AgentEndpoint.answer(node))),
            Route.get("/v1/members", MembersEndpoint.PARAMETERS, members::answer),
            Route.post("/v1/join", changes::join),
            Route.post("/v1/leave", changes::leave),
            Route.post("/v1/force-leave", changes::forceLeave),
            Route.get("/v1/services", ServicesEndpoint.PARAMETERS, services::list),
            Route.get("/v1/services/{node}/{id}", Set.of(), services::one),
            Route.get("/v1/announcements", Set.of(), own::list),
            Route.post("/v1/announcements", own::announce),
            Route.get("/v1/announcements/{id}", Set.of(), own::one),
            Route.put("/v1/announcements/{id}", own::put),
            Route.delete("/v1/announcements/{id}", own::withdraw),
            Route.post("/v1/announcements/{id}/health", own::health),
            Route.get("/v1/trust", Set.of(), call -> done(trust.answer())),
            Route.post("/v1/trust", trust::accept),
            Route.get("/v1/events", EventsEndpoint.PARAMETERS, events::get),
            Route.post("/v1/events", events::send),
            Route.post("/v1/queries", queries::ask),
            Route.post("/v1/queries/{id}", queries::answer),
            Route.getSecret("/v1/keys", keys::list),
            Route.post("/v1/keys", keys::change),
            Route.get(
                "/v1/coordinates",
                CoordinatesEndpoint.PARAMETERS,
                call -> done(CoordinatesEndpoint.answer(node.community(), call.query()))),
            Route.get("/v1/agent/tags", Set.of(), call -> done(tags.answer())),
            Route.put("/v1/agent/tags", tags::change),
            Route.get("/metrics", Set.of(), call -> done(metrics.answer())),
            Route.get("/healthz", Set.of(), call -> done(AgentEndpoint.health(node))),
            Route.get("/openapi.json", Set.of(), call -> done(openApi()))));
  }

  private static CompletableFuture<Reply> done(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }

  List<Route> all() {
    return routes;
  }

  /**
   * Finds the route of a request; {@code HEAD} is answered as {@code GET}.
   *
   * @param path canonical
   * @throws ApiException if there is none
   */
  Found find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> segments = PathTemplate.split(path);
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> values = route.path().match(segments);
      if (values.isPresent()) {
        if (route.method().equals(wanted)) {
          return new Found(route, values.get());
        }
        allowed.add(route.method());
        if (!route.changes()) {
          allowed.add("HEAD");
        }
      }
    }
    if (allowed.isEmpty()) {
      throw new ApiException(
          ProblemCode.NOT_FOUND, "There is no such path. /openapi.json lists what there is.");
    }
    throw new MethodNotAllowed(String.join(", ", allowed));
  }

  /** The path exists, the method does not. */
  static final class MethodNotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String allowed;

    MethodNotAllowed(String allowed) {
      super("allowed: " + allowed);
      this.allowed = allowed;
    }

    Reply reply() {
      return Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Allowed here: " + allowed + ".")
          .reply()
          .with("Allow", allowed);
    }
  }

  private static Reply openApi() {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is not in the jar");
      }
      return new Reply(200, "application/json", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
