package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.community.Services;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Tells and changes what this node announces. */
final class AnnouncementsEndpoint {
  private static final int MAX_ENDPOINTS = 4;
  private static final int MAX_ATTRIBUTES = 16;

  private final Services services;

  AnnouncementsEndpoint(Services services) {
    this.services = services;
  }

  CompletableFuture<Reply> list(Call call) {
    List<String> unseen = services.unseenByLegacyNodes();
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("announcements");
    services
        .own()
        .forEach(spec -> list.add(ServiceJson.own(spec, services.report(spec.id()), unseen)));
    return done(Reply.json(json));
  }

  CompletableFuture<Reply> one(Call call) {
    return done(answer(call.at("id")));
  }

  private Reply answer(String id) {
    ServiceSpec spec =
        services.own().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new ApiException(
                        ProblemCode.NOT_FOUND, "This node announces no service with this id."));
    ObjectNode json = ServiceJson.own(spec, services.report(id), services.unseenByLegacyNodes());
    // A weak tag: what the probes find is not what a change is based on.
    return Reply.json(json).with("ETag", "W/" + Watch.tag(Json.write(ServiceJson.said(spec))));
  }

  CompletableFuture<Reply> announce(Call call) {
    Body body = call.body();
    Optional<String> id = body.has("id") ? Optional.of(body.text("id")) : Optional.empty();
    boolean replace = body.flag("replace");
    ServiceSpec spec = spec(body, id);
    services.announce(spec, replace);
    return done(answer(spec.id()));
  }

  CompletableFuture<Reply> put(Call call) {
    ServiceSpec spec = spec(call.body(), Optional.of(call.at("id")));
    services.announce(spec, true);
    return done(answer(spec.id()));
  }

  CompletableFuture<Reply> withdraw(Call call) {
    call.body().end();
    services.withdraw(call.at("id"));
    return done(Reply.json(Json.object().put("withdrawn", call.at("id"))));
  }

  CompletableFuture<Reply> health(Call call) {
    String state = call.body().text("state");
    String evidence = call.body().textIfAny("evidence");
    Optional<Health> health =
        call.body()
            .made(
                "state",
                () -> new Health(Health.State.valueOf(state.toUpperCase(Locale.ROOT)), evidence));
    call.body().end();
    services.push(call.at("id"), health.orElseThrow());
    return done(answer(call.at("id")));
  }

  private static ServiceSpec spec(Body body, Optional<String> id) {
    String type = body.text("type");
    String name = body.text("name");
    String description = body.textIfAny("description");
    List<ServiceEndpoint> endpoints = new ArrayList<>();
    body.objects("endpoints", MAX_ENDPOINTS)
        .forEach(part -> endpoint(part).ifPresent(endpoints::add));
    Map<String, String> attributes = body.namedTexts("attributes", MAX_ATTRIBUTES);
    Optional<Body> check = body.has("check") ? Optional.of(body.object("check")) : Optional.empty();
    Optional<Optional<CheckPlan>> plan =
        check.map(part -> plan(part, endpoints)).orElse(Optional.empty());
    Optional<ServiceSpec> spec =
        endpoints.isEmpty()
            ? Optional.empty()
            : body.made(
                "",
                () ->
                    ServiceSpec.of(
                        id.orElseGet(() -> ServiceSpec.idOf(type, name)),
                        type,
                        name,
                        description,
                        endpoints,
                        new TreeMap<>(attributes)));
    body.end();
    ServiceSpec usual = spec.orElseThrow();
    return plan.map(chosen -> new ServiceSpec(usual.id(), usual.offer(), chosen)).orElse(usual);
  }

  private static Optional<ServiceEndpoint> endpoint(Body part) {
    String scheme = part.has("scheme") ? part.text("scheme") : "tcp";
    String host = part.textIfAny("host");
    int port = part.number("port", 1, 65535, 0);
    String path = part.textIfAny("path");
    part.checkNames();
    return part.made("", () -> new ServiceEndpoint(scheme, host, port, path));
  }

  /** Returns the plan, an empty one for no check, or nothing if it is wrong. */
  private static Optional<Optional<CheckPlan>> plan(Body part, List<ServiceEndpoint> endpoints) {
    String kind = part.has("kind") ? part.text("kind") : "";
    String path = part.has("path") ? part.text("path") : "/";
    String name = part.textIfAny("name");
    Optional<Duration> interval = part.time("interval");
    Optional<Duration> timeout = part.time("timeout");
    int down = part.number("down", 1, 10, 3);
    int up = part.number("up", 1, 10, 2);
    part.checkNames();
    if (kind.equals("none")) {
      return Optional.of(Optional.empty());
    }
    return part.made(
        "",
        () -> {
          Check check =
              kind.isEmpty() && !endpoints.isEmpty()
                  ? ServiceSpec.usualCheck(endpoints.get(0))
                  : check(kind, path, name);
          CheckPlan usual = CheckPlan.of(check);
          Duration every = interval.orElse(usual.interval());
          Duration within =
              timeout.orElse(every.compareTo(usual.timeout()) < 0 ? every : usual.timeout());
          return Optional.of(new CheckPlan(check, every, within, down, up));
        });
  }

  private static Check check(String kind, String path, String name) {
    return switch (kind) {
      case "http" -> new Check.Http(false, path);
      case "https" -> new Check.Http(true, path);
      case "tcp" -> new Check.Tcp();
      case "udp" -> new Check.Udp();
      case "dns" -> new Check.Dns(name);
      case "pushed" -> new Check.Pushed();
      default ->
          throw new IllegalArgumentException(
              "kind must be http, https, tcp, udp, dns, pushed or none");
    };
  }

  private static CompletableFuture<Reply> done(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
