package community.cloudy.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import community.cloudy.gossip.discovery.health.Report;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Services in the words of the API. */
final class ServiceJson {
  private ServiceJson() {}

  static ObjectNode of(Service service) {
    ObjectNode json = Json.object().put("node", service.node()).put("id", service.id());
    put(json, service.offer());
    put(json.putObject("health"), service.offer().health());
    service.key().ifPresent(key -> json.put("key_fingerprint", key.fingerprint()));
    return json.put("trust", word(service.trust()))
        .put("hidden", service.hidden())
        .put("elsewhere", service.elsewhere())
        .put("sequence", service.sequence());
  }

  /** Adds why it is as it is. */
  static void putReasons(ObjectNode json, Service service) {
    ArrayNode reasons = json.putArray("reasons");
    service.reasons().forEach(reasons::add);
  }

  private static void put(ObjectNode json, Offer offer) {
    json.put("type", offer.type())
        .put("name", offer.name())
        .put("description", offer.description());
    ArrayNode endpoints = json.putArray("endpoints");
    for (ServiceEndpoint endpoint : offer.endpoints()) {
      endpoints
          .addObject()
          .put("url", endpoint.toString())
          .put("scheme", endpoint.scheme())
          .put("host", endpoint.host())
          .put("port", endpoint.port())
          .put("path", endpoint.path());
    }
    ObjectNode attributes = json.putObject("attributes");
    offer.attributes().forEach(attributes::put);
  }

  static void put(ObjectNode json, Health health) {
    json.put("state", word(health.state())).put("evidence", health.evidence());
  }

  /** Returns what somebody said of their service, without what came of it. */
  static ObjectNode said(ServiceSpec spec) {
    ObjectNode json = Json.object().put("id", spec.id());
    put(json, spec.offer());
    spec.plan().ifPresent(plan -> put(json.putObject("check"), plan));
    return json;
  }

  static ObjectNode own(ServiceSpec spec, Optional<Report> report, List<String> unseen) {
    ObjectNode json = said(spec);
    report.ifPresent(
        found -> {
          put(json.putObject("health"), found.health());
          ObjectNode last = json.putObject("last_result");
          put(last, found.last());
          last.put("age_ms", Duration.ofNanos(found.ageNanos()).toMillis())
              .put("in_a_row", found.inRow());
        });
    return json.put("legacy_nodes_see_it", !unseen.contains(spec.id()));
  }

  private static void put(ObjectNode json, CheckPlan plan) {
    Check check = plan.check();
    if (check instanceof Check.Http http) {
      json.put("kind", http.tls() ? "https" : "http").put("path", http.path());
    } else if (check instanceof Check.Dns dns) {
      json.put("kind", "dns").put("name", dns.name());
    } else {
      json.put("kind", word(check));
    }
    json.put("interval", plan.interval().toMillis() + "ms")
        .put("timeout", plan.timeout().toMillis() + "ms")
        .put("down", plan.down())
        .put("up", plan.up());
  }

  private static String word(Object constant) {
    String name =
        constant instanceof Check ? constant.getClass().getSimpleName() : constant.toString();
    return name.toLowerCase(Locale.ROOT);
  }
}
