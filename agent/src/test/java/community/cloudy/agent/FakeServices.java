package community.cloudy.agent;

import community.cloudy.agent.community.Services;
import community.cloudy.gossip.discovery.Discovery;
import community.cloudy.gossip.discovery.DiscoveryException;
import community.cloudy.gossip.discovery.DiscoveryException.Code;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Services that are what the test says. */
public final class FakeServices implements Services {
  private final List<Service> all = new ArrayList<>();
  private final SortedMap<String, ServiceSpec> own = new TreeMap<>();
  private final List<Discovery.Pin> pins = new ArrayList<>();
  private final Map<String, Report> reports = new TreeMap<>();

  public void add(Service service) {
    all.add(service);
  }

  public void clear() {
    all.clear();
  }

  public void pin(Discovery.Pin pin) {
    pins.add(pin);
  }

  @Override
  public List<Service> all() {
    return List.copyOf(all);
  }

  @Override
  public List<ServiceSpec> own() {
    return List.copyOf(own.values());
  }

  @Override
  public Optional<Report> report(String id) {
    return Optional.ofNullable(reports.get(id));
  }

  @Override
  public List<String> unseenByLegacyNodes() {
    return List.of();
  }

  @Override
  public void announce(ServiceSpec spec, boolean replace) {
    if (!replace && own.containsKey(spec.id())) {
      throw new DiscoveryException(Code.EXISTS, "There is one called " + spec.id() + ".");
    }
    own.put(spec.id(), spec);
  }

  @Override
  public void withdraw(String id) {
    if (own.remove(id) == null) {
      throw new DiscoveryException(Code.UNKNOWN, "There is none called " + id + ".");
    }
  }

  @Override
  public void push(String id, Health health) {
    reports.put(id, new Report(health, health, 1_000_000, 1));
  }

  @Override
  public List<Discovery.Pin> pins() {
    return List.copyOf(pins);
  }

  @Override
  public void accept(String node, String fingerprint) {
    boolean claimed =
        pins.stream()
            .anyMatch(
                pin ->
                    pin.node().equals(node)
                        && pin.claimed()
                            .filter(key -> key.fingerprint().equals(fingerprint))
                            .isPresent());
    if (!claimed) {
      throw new DiscoveryException(Code.UNKNOWN, "Nobody claims " + node + ".");
    }
  }

  @Override
  public Map<String, Long> refusedSources() {
    return Map.of("10.0.0.66", 3L);
  }

  @Override
  public Map<String, Long> metrics() {
    return Map.of("services", (long) all.size());
  }
}
