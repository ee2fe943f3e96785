package community.cloudy.agent.api;

import static community.cloudy.auth.Role.ADMIN;
import static community.cloudy.auth.Role.OPERATOR;
import static community.cloudy.auth.Role.VIEWER;

import community.cloudy.agent.api.Route.Deed;
import java.util.List;
import java.util.Set;

/** The part of the table that is about containers. */
final class ContainerRoutes {
  private static final String ONE = "/v1/containers/{id}";

  private ContainerRoutes() {}

  static List<Route> of(EngineCalls engine, Jobs jobs, ContainerStreams streams) {
    ContainersEndpoint containers = new ContainersEndpoint(engine);
    ImagesEndpoint images = new ImagesEndpoint(engine, jobs);
    EngineEndpoint rest = new EngineEndpoint(engine);
    return List.of(
        Route.get(VIEWER, "/v1/containers", Set.of("label"), containers::list),
        Route.get(VIEWER, ONE, containers::one),
        Route.delete(OPERATOR, ONE, Deed.of("container.remove"), containers::remove),
        Route.post(OPERATOR, ONE + "/start", Deed.of("container.start"), containers::start),
        Route.post(OPERATOR, ONE + "/stop", Deed.of("container.stop"), containers::stop),
        Route.post(OPERATOR, ONE + "/restart", Deed.of("container.restart"), containers::restart),
        Route.post(ADMIN, ONE + "/adopt", Deed.of("container.adopt"), containers::adopt),
        Route.post(OPERATOR, ONE + "/kill", Deed.of("container.kill"), containers::kill),
        Route.post(OPERATOR, ONE + "/pause", Deed.of("container.pause"), containers::pause),
        Route.post(OPERATOR, ONE + "/unpause", Deed.of("container.unpause"), containers::unpause),
        Route.post(
            OPERATOR, ONE + "/rename", new Deed("container.rename", "name"), containers::rename),
        Route.post(ADMIN, ONE + "/exec", new Deed("container.exec", "command"), containers::exec),
        // What programs write, and the arguments they run with, may hold secrets.
        Route.get(OPERATOR, ONE + "/top", containers::top),
        Route.get(OPERATOR, ONE + "/logs", ContainerStreams.LOG_PARAMETERS, streams::logs),
        Route.get(VIEWER, ONE + "/stats", streams::stats),
        Route.get(VIEWER, "/v1/engine/stats", streams::allStats),
        Route.get(VIEWER, "/v1/images", images::list),
        Route.post(OPERATOR, "/v1/images", new Deed("image.pull", "image"), images::pull),
        Route.delete(OPERATOR, "/v1/images", new Deed("image.remove", "image"), images::remove),
        Route.post(
            OPERATOR, "/v1/images/prune", new Deed("image.prune", "unused_for"), images::prune),
        Route.get(VIEWER, "/v1/volumes", rest::volumes),
        Route.delete(ADMIN, "/v1/volumes/{name}", Deed.of("volume.remove"), rest::removeVolume),
        Route.get(VIEWER, "/v1/networks", rest::networks),
        Route.delete(
            OPERATOR, "/v1/networks/{name}", Deed.of("network.remove"), rest::removeNetwork),
        Route.get(VIEWER, "/v1/engine", rest::engine),
        Route.get(VIEWER, "/v1/engine/usage", rest::usage));
  }
}
