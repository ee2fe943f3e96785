package community.cloudy.containers.activation;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.ServiceSpec;
import java.util.List;

/**
 * Where this node's services are announced: {@link community.cloudy.gossip.discovery.Discovery},
 * whose refusals it throws.
 */
public interface Board {
  /** Returns what this node announces, by whomever. */
  List<ServiceSpec> own();

  /** Announces a service for good, or changes it. */
  void announce(ServiceSpec spec);

  /** Withdraws a service. */
  void withdraw(String id);

  /** Says how a service is. */
  void push(String id, Health health);
}
