package community.cloudy.services.spi;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceEndpoint;
import community.cloudy.gossip.discovery.ServiceSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a service is.
 *
 * @param health what is believed, and the evidence
 * @param endpoints where it answers
 * @param services what of it is to be announced while it is enabled; each goes with {@code health}
 *     unless its plan says how else it is checked
 * @param facts other things worth showing, by snake_case name: versions, counts, what was last
 *     refused and why; not secret
 * @param metrics counters and gauges by snake_case name
 */
public record Status(
    Health health,
    List<ServiceEndpoint> endpoints,
    List<ServiceSpec> services,
    SortedMap<String, String> facts,
    SortedMap<String, Double> metrics) {
  /** Copies everything. */
  public Status {
    endpoints = List.copyOf(endpoints);
    services = List.copyOf(services);
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** Returns a status of which only the health is known. */
  public static Status of(Health health) {
    return new Status(health, List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
  }

  /** Returns a copy with other facts and metrics. */
  public Status with(Map<String, String> otherFacts, Map<String, Double> otherMetrics) {
    return new Status(
        health, endpoints, services, new TreeMap<>(otherFacts), new TreeMap<>(otherMetrics));
  }
}
