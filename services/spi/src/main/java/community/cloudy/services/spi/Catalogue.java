package community.cloudy.services.spi;

import community.cloudy.gossip.discovery.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the community offers, as this node knows it. */
public interface Catalogue {
  /** Returns all services that are not hidden, the nearest first. */
  List<Service> services();

  /** Returns the estimated round trip to a node; empty if nobody knows. */
  Optional<Duration> distance(String node);

  /**
   * Returns what the nodes that are alive say by a tag of gossip, by node. Anybody can say anything
   * there, signed by nobody; old services are found by it.
   */
  Map<String, String> tags(String key);

  /**
   * Calls {@code listener} after services have changed, on a thread it must not hold up.
   *
   * @return ends it
   */
  ModuleContext.Cancellable onChange(Runnable listener);
}
