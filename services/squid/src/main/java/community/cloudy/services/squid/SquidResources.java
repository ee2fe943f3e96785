package community.cloudy.services.squid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.spi.Access;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.Resource.Answer;
import community.cloudy.services.spi.Resource.Call;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.squid.conf.FederationList;
import community.cloudy.services.squid.figures.Traffic;
import community.cloudy.services.squid.figures.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the proxy answers by REST. */
final class SquidResources {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int TOP = 50;

  private SquidResources() {}

  static List<Resource<SquidInstance>> all() {
    return List.of(
        Resource.get(
            Access.VIEWER,
            "/statistics",
            "Tells what went through the proxy, all people together.",
            SquidResources::statistics),
        Resource.get(
            Access.ADMIN,
            "/people",
            "Tells what went through the proxy by person and by site, if log_people is set.",
            SquidResources::people),
        Resource.change(
            "POST",
            Access.OPERATOR,
            "/trial",
            "proxy.try",
            "Fetches a page by the proxy, under the same rules as anybody.",
            SquidResources::trial),
        Resource.get(
            Access.VIEWER,
            "/federation",
            "Shows the list of proxies that go together.",
            (squid, call) -> federation(squid)),
        Resource.change(
            "PUT",
            Access.ADMIN,
            "/federation",
            "proxy.federation.import",
            "Takes a list of proxies that go together, as guifi.net exports it.",
            SquidResources::federate),
        Resource.change(
            "DELETE",
            Access.ADMIN,
            "/federation",
            "proxy.federation.forget",
            "Forgets the list of proxies that go together.",
            (squid, call) -> {
              squid.federate(Optional.empty());
              return federation(squid);
            }));
  }

  private static Answer statistics(SquidInstance squid, Call call) {
    squid.countNow();
    ObjectNode json = JSON.objectNode();
    json.set("traffic", json(squid.accessLog().all()));
    ObjectNode counters = json.putObject("counters");
    squid.counters().forEach(counters::put);
    return Answer.json(json);
  }

  private static Answer people(SquidInstance squid, Call call) {
    if (!squid.settings().logPeople()) {
      throw new ServiceException(
          Code.CONFLICT,
          "Could not tell people apart: the log does not. Set log_people if the community wants it.");
    }
    squid.countNow();
    ObjectNode json = JSON.objectNode();
    list(json.putArray("people"), squid.accessLog().people(TOP));
    list(json.putArray("sites"), squid.accessLog().sites(TOP));
    return Answer.json(json);
  }

  private static void list(ArrayNode array, Map<String, Traffic> by) {
    by.forEach((name, traffic) -> array.add(json(traffic).put("name", name)));
  }

  private static ObjectNode json(Traffic traffic) {
    return JSON.objectNode()
        .put("requests", traffic.requests())
        .put("hits", traffic.hits())
        .put("denied", traffic.denied())
        .put("bytes", traffic.bytes())
        .put("hit_ratio", traffic.hitRatio());
  }

  private static Answer trial(SquidInstance squid, Call call) {
    Optional<String> login =
        call.body().path("login").isTextual()
            ? Optional.of(call.text("login") + ":" + call.text("password"))
            : Optional.empty();
    try {
      Trial trial = Trial.of(squid.settings().port(), call.text("url"), login);
      return Answer.json(
          JSON.objectNode()
              .put("status", trial.status())
              .put("what", trial.what())
              .put("cache", trial.cache())
              .put("millis", trial.millis()));
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          Code.INVALID, "Could not try the URL: " + e.getMessage() + ". Write it in full.", e);
    } catch (IOException e) {
      throw new ServiceException(
          Code.UNAVAILABLE,
          "Could not try the URL: the proxy does not answer: %s. See cloudy proxy status."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Answer federate(SquidInstance squid, Call call) {
    try {
      squid.federate(Optional.of(FederationList.parse(call.text("text"))));
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          Code.INVALID, "Could not take the list: " + e.getMessage() + ". Export it again.", e);
    }
    return federation(squid);
  }

  private static Answer federation(SquidInstance squid) {
    ObjectNode json = JSON.objectNode();
    ArrayNode proxies = json.putArray("proxies");
    squid
        .federation()
        .ifPresent(
            list -> {
              json.put("own", list.own());
              list.modes()
                  .forEach(
                      (proxy, mode) ->
                          proxies
                              .addObject()
                              .put("proxy", proxy)
                              .put("mode", mode.name().toLowerCase(Locale.ROOT)));
            });
    return Answer.json(json);
  }
}
