package community.cloudy.agent.community;

import community.cloudy.gossip.discovery.Discovery;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services as the discovery module knows them. */
record DiscoveredServices(Discovery discovery) implements Services {
  @Override
  public List<Service> all() {
    return discovery.services();
  }

  @Override
  public List<ServiceSpec> own() {
    return discovery.own();
  }

  @Override
  public Optional<Report> report(String id) {
    return discovery.report(id);
  }

  @Override
  public List<String> unseenByLegacyNodes() {
    return discovery.unseenByLegacyNodes();
  }

  @Override
  public void announce(ServiceSpec spec, boolean replace) {
    discovery.announce(spec, replace);
  }

  @Override
  public void withdraw(String id) {
    discovery.withdraw(id);
  }

  @Override
  public void push(String id, Health health) {
    discovery.push(id, health);
  }

  @Override
  public List<Discovery.Pin> pins() {
    return discovery.pins();
  }

  @Override
  public void accept(String node, String fingerprint) {
    discovery.accept(node, fingerprint);
  }

  @Override
  public Map<String, Long> refusedSources() {
    return discovery.refusedSources();
  }

  @Override
  public Map<String, Long> metrics() {
    return discovery.metrics();
  }
}
