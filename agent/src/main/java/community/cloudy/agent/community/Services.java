package community.cloudy.agent.community;

import community.cloudy.gossip.discovery.Discovery;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import community.cloudy.gossip.discovery.ServiceSpec;
import community.cloudy.gossip.discovery.health.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent asks of discovery. Every method may be called from any thread but the gossip loop;
 * refusals are {@link community.cloudy.gossip.discovery.DiscoveryException}.
 */
public interface Services {
  /** Returns every service known, hidden ones too, in no order. */
  List<Service> all();

  /** Returns what this node announces. */
  List<ServiceSpec> own();

  /** Returns what checks of an own service have found, if there was one. */
  Optional<Report> report(String id);

  /** Returns the ids of own services that legacy nodes are not told of, for want of room. */
  List<String> unseenByLegacyNodes();

  /** Announces a service for good; {@code replace} allows to change one of the same id. */
  void announce(ServiceSpec spec, boolean replace);

  /** Withdraws an own service. */
  void withdraw(String id);

  /** Takes what somebody has found of an own service. */
  void push(String id, Health health);

  /** Returns whose key each known name belongs to. */
  List<Discovery.Pin> pins();

  /** Gives a name to the key with {@code fingerprint}, which claims it. */
  void accept(String node, String fingerprint);

  /** Returns how many refused announcements came from each address. */
  Map<String, Long> refusedSources();

  /** Returns counters and gauges by Prometheus-style name without prefix. */
  Map<String, Long> metrics();
}
