package community.cloudy.gossip.discovery;

import community.cloudy.gossip.discovery.Announcement.Offer;
import community.cloudy.gossip.discovery.health.Check;
import community.cloudy.gossip.discovery.health.CheckPlan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A service that this node is to announce: what a person or a module asks for.
 *
 * @param id tells it from the node's other services
 * @param offer what is announced; its health is what nobody has checked yet
 * @param plan how it is checked; empty means it is not
 */
public record ServiceSpec(String id, Offer offer, Optional<CheckPlan> plan) {
  /** Checks the id. */
  public ServiceSpec {
    Announcement.checkedId(id);
    offer = offer.with(Health.unchecked());
  }

  /** Returns a service with the check that fits its first endpoint. */
  public static ServiceSpec of(
      String id,
      String type,
      String name,
      String description,
      List<ServiceEndpoint> endpoints,
      SortedMap<String, String> attributes) {
    Offer offer = new Offer(type, name, description, endpoints, attributes, Health.unchecked());
    return new ServiceSpec(id, offer, Optional.of(CheckPlan.of(usualCheck(endpoints.get(0)))));
  }

  /** Returns the check that fits {@code endpoint}: DNS servers answer TCP, too (RFC 7766). */
  public static Check usualCheck(ServiceEndpoint endpoint) {
    return switch (endpoint.scheme()) {
      case "http" -> new Check.Http(false, endpoint.path().isEmpty() ? "/" : endpoint.path());
      case "https" -> new Check.Http(true, endpoint.path().isEmpty() ? "/" : endpoint.path());
      case "udp" -> new Check.Udp();
      default -> new Check.Tcp();
    };
  }

  /** Returns an id made of a type and a name, such as {@code website-garden}. */
  public static String idOf(String type, String name) {
    String slug =
        (type + "-" + name)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+", "");
    String cut = slug.substring(0, Math.min(40, slug.length())).replaceAll("-+$", "");
    return cut.isEmpty() ? "service" : cut;
  }
}
