package community.cloudy.agent.api;

import static community.cloudy.auth.Role.ADMIN;
import static community.cloudy.auth.Role.OPERATOR;
import static community.cloudy.auth.Role.VIEWER;

import community.cloudy.agent.api.Route.Deed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

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

  /**
   * Returns every route, answered for {@code node}.
   *
   * @param blocking where people's passwords are checked
   * @param engine where the container engine is asked
   * @param modules where modules answer
   */
  static Routes of(
      Node node, Waiting waiting, Blocking blocking, Blocking engine, Blocking modules, Jobs jobs) {
    EngineCalls calls = new EngineCalls(node.containers(), engine);
    ContainerStreams streams = new ContainerStreams(calls, waiting);
    return new Routes(
        Stream.of(
                community(node, waiting),
                jobs(jobs, waiting),
                ContainerRoutes.of(calls, jobs, streams),
                StackRoutes.of(calls, jobs, streams),
                ModuleRoutes.of(node, modules),
                AppRoutes.of(calls, jobs),
                PeopleRoutes.of(node, blocking))
            .flatMap(List::stream)
            .toList());
  }

  private static List<Route> community(Node node, Waiting waiting) {
    MembersEndpoint members = new MembersEndpoint(node.community(), waiting.changes());
    EventsEndpoint events = new EventsEndpoint(node, waiting);
    QueriesEndpoint queries = new QueriesEndpoint(node.community(), waiting);
    CommunityEndpoints changes = new CommunityEndpoints(node);
    KeysEndpoint keys = new KeysEndpoint(node);
    TagsEndpoint tags = new TagsEndpoint(node.community());
    ServicesEndpoint services = new ServicesEndpoint(node, waiting.changes());
    AnnouncementsEndpoint own = new AnnouncementsEndpoint(node.community().services());
    TrustEndpoint trust = new TrustEndpoint(node.community().services());
    Metrics metrics = new Metrics(node);
    return List.of(
        Route.get(VIEWER, "/v1/agent", call -> done(AgentEndpoint.answer(node))),
        Route.get(VIEWER, "/v1/members", MembersEndpoint.PARAMETERS, members::answer),
        Route.post(ADMIN, "/v1/join", new Deed("community.join", "addresses"), changes::join),
        Route.post(ADMIN, "/v1/leave", Deed.of("community.leave"), changes::leave),
        Route.post(
            ADMIN, "/v1/force-leave", new Deed("member.force-leave", "node"), changes::forceLeave),
        Route.get(VIEWER, "/v1/services", ServicesEndpoint.PARAMETERS, services::list),
        Route.get(VIEWER, "/v1/services/{node}/{id}", services::one),
        Route.get(VIEWER, "/v1/announcements", own::list),
        Route.post(
            OPERATOR, "/v1/announcements", new Deed("service.announce", "name"), own::announce),
        Route.get(VIEWER, "/v1/announcements/{id}", own::one),
        Route.put(OPERATOR, "/v1/announcements/{id}", Deed.of("service.announce"), own::put),
        Route.delete(
            OPERATOR, "/v1/announcements/{id}", Deed.of("service.withdraw"), own::withdraw),
        Route.post(
            OPERATOR, "/v1/announcements/{id}/health", Deed.of("service.health"), own::health),
        Route.get(VIEWER, "/v1/trust", call -> done(trust.answer())),
        Route.post(ADMIN, "/v1/trust", new Deed("key.trust", "node"), trust::accept),
        Route.get(VIEWER, "/v1/events", EventsEndpoint.PARAMETERS, events::get),
        Route.post(OPERATOR, "/v1/events", new Deed("event.send", "name"), events::send),
        Route.post(OPERATOR, "/v1/queries", new Deed("query.ask", "name"), queries::ask),
        Route.post(OPERATOR, "/v1/queries/{id}", Deed.of("query.answer"), queries::answer),
        Route.get(ADMIN, "/v1/keys", keys::list),
        Route.post(ADMIN, "/v1/keys", new Deed("gossip-key.change", "action"), keys::change),
        Route.get(
            VIEWER,
            "/v1/coordinates",
            CoordinatesEndpoint.PARAMETERS,
            call -> done(CoordinatesEndpoint.answer(node.community(), call.query()))),
        Route.get(VIEWER, "/v1/agent/tags", call -> done(tags.answer())),
        Route.put(OPERATOR, "/v1/agent/tags", Deed.of("tags.change"), tags::change),
        Route.get(VIEWER, Metrics.PATH, call -> done(metrics.answer())),
        Route.open("GET", "/healthz", call -> done(AgentEndpoint.health(node))),
        Route.open("GET", "/openapi.json", call -> done(OpenApi.answer(node.modules()))));
  }

  private static List<Route> jobs(Jobs jobs, Waiting waiting) {
    JobsEndpoint endpoint = new JobsEndpoint(jobs, waiting.jobs());
    return List.of(
        Route.get(VIEWER, "/v1/jobs", JobsEndpoint.LIST_PARAMETERS, endpoint::list),
        Route.get(VIEWER, "/v1/jobs/{id}", JobsEndpoint.PARAMETERS, endpoint::one),
        Route.delete(OPERATOR, "/v1/jobs/{id}", Deed.of("job.cancel"), endpoint::cancel));
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
}
