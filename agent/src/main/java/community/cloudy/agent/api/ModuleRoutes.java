package community.cloudy.agent.api;

import static community.cloudy.auth.Role.ADMIN;
import static community.cloudy.auth.Role.OPERATOR;
import static community.cloudy.auth.Role.VIEWER;

import community.cloudy.agent.api.Route.Deed;
import community.cloudy.auth.Role;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.ServiceModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of the table that is about modules, and what each of them answers itself. */
final class ModuleRoutes {
  private ModuleRoutes() {}

  static List<Route> of(Node node, Blocking blocking) {
    ModulesEndpoint endpoint = new ModulesEndpoint(node, blocking);
    ModuleConfigEndpoint config = new ModuleConfigEndpoint(node, blocking);
    String one = "/v1/modules/{module}";
    List<Route> routes =
        new ArrayList<>(
            List.of(
                Route.get(VIEWER, "/v1/modules", endpoint::list),
                Route.get(VIEWER, one, endpoint::one),
                Route.get(VIEWER, one + "/schema", endpoint::schema),
                Route.get(OPERATOR, one + "/logs", ModulesEndpoint.LOG_PARAMETERS, endpoint::logs),
                Route.get(ADMIN, one + "/versions", endpoint::versions),
                Route.get(ADMIN, one + "/diff", ModulesEndpoint.DIFF_PARAMETERS, endpoint::diff),
                Route.post(OPERATOR, one + "/start", Deed.of("module.start"), endpoint::start),
                Route.post(OPERATOR, one + "/stop", Deed.of("module.stop"), endpoint::stop),
                Route.post(
                    OPERATOR, one + "/restart", Deed.of("module.restart"), endpoint::restart),
                Route.post(OPERATOR, one + "/reload", Deed.of("module.reload"), config::reload),
                Route.get(ADMIN, "/v1/config", new ConfigEndpoint(node, blocking)::get),
                Route.post(ADMIN, "/v1/reload", Deed.of("config.reload"), config::reloadAll),
                Route.get(OPERATOR, one + "/config", config::get),
                Route.put(ADMIN, one + "/config", Deed.of("module.configure"), config::put)));
    for (ServiceModule<?, ?> module : node.modules().all()) {
      String id = module.descriptor().id();
      for (Resource<?> resource : module.resources()) {
        routes.add(route(id, resource, endpoint));
      }
    }
    return routes;
  }

  private static Route route(String id, Resource<?> resource, ModulesEndpoint endpoint) {
    return new Route(
        resource.method(),
        PathTemplate.of(path(id, resource)),
        resource.parameters(),
        Optional.of(role(resource)),
        resource.action().isEmpty()
            ? Optional.empty()
            : Optional.of(Deed.of(id + "." + resource.action())),
        call -> endpoint.resource(id, resource, call));
  }

  static String path(String id, Resource<?> resource) {
    return "/v1/modules/" + id + resource.path();
  }

  static Role role(Resource<?> resource) {
    return switch (resource.access()) {
      case VIEWER -> VIEWER;
      case OPERATOR -> OPERATOR;
      case ADMIN -> ADMIN;
    };
  }
}
