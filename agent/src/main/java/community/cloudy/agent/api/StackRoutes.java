package community.cloudy.agent.api;

import static community.cloudy.auth.Role.ADMIN;
import static community.cloudy.auth.Role.OPERATOR;
import static community.cloudy.auth.Role.VIEWER;

import community.cloudy.agent.api.Route.Deed;
import java.util.List;

/** The part of the table that is about Compose projects, and the making of containers. */
final class StackRoutes {
  private StackRoutes() {}

  static List<Route> of(EngineCalls engine, Jobs jobs, ContainerStreams streams) {
    StacksEndpoint endpoint = new StacksEndpoint(engine, jobs);
    StackLogsEndpoint logs = new StackLogsEndpoint(engine, streams);
    RunEndpoint run = new RunEndpoint(engine, jobs);
    String one = "/v1/stacks/{name}";
    return List.of(
        Route.post(OPERATOR, "/v1/containers", new Deed("container.run", "name"), run::run),
        Route.get(VIEWER, "/v1/stacks", endpoint::list),
        Route.post(OPERATOR, "/v1/stacks", new Deed("stack.create", "name"), endpoint::create)
            .carrying(StacksEndpoint.MAX_BODY),
        Route.get(VIEWER, one, endpoint::one),
        Route.put(OPERATOR, one, Deed.of("stack.update"), endpoint::put)
            .carrying(StacksEndpoint.MAX_BODY),
        Route.delete(
            OPERATOR,
            one,
            StacksEndpoint.REMOVE_PARAMETERS,
            Deed.of("stack.remove"),
            endpoint::remove),
        Route.get(OPERATOR, one + "/files", endpoint::files),
        Route.get(VIEWER, one + "/versions", endpoint::versions),
        Route.get(OPERATOR, one + "/logs", StackLogsEndpoint.PARAMETERS, logs::answer),
        Route.post(OPERATOR, one + "/validate", Deed.of("stack.validate"), endpoint::validate)
            .carrying(StacksEndpoint.MAX_BODY),
        Route.post(OPERATOR, one + "/up", Deed.of("stack.up"), endpoint::up),
        Route.post(OPERATOR, one + "/down", Deed.of("stack.down"), endpoint::down),
        Route.post(OPERATOR, one + "/restart", Deed.of("stack.restart"), endpoint::restart),
        Route.post(OPERATOR, one + "/pull", Deed.of("stack.pull"), endpoint::pull),
        Route.post(OPERATOR, one + "/apply", Deed.of("stack.apply"), endpoint::apply),
        Route.post(
            OPERATOR, one + "/rollback", new Deed("stack.rollback", "version"), endpoint::rollback),
        Route.post(ADMIN, one + "/adopt", Deed.of("stack.adopt"), endpoint::adopt),
        Route.get(VIEWER, one + "/exceptions", endpoint::exceptions),
        Route.post(
            ADMIN, one + "/exceptions", new Deed("stack.grant", "exception"), endpoint::grant),
        Route.delete(
            ADMIN,
            one + "/exceptions",
            StacksEndpoint.REVOKE_PARAMETERS,
            Deed.of("stack.revoke"),
            endpoint::revoke));
  }
}
