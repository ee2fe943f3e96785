package community.cloudy.gossip.serf.cluster;

import community.cloudy.gossip.serf.transport.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the endpoints behind what people write, without holding up the event loop. */
public interface Resolver {
  /**
   * Resolves {@code [name/]host[:port]} (specification A16).
   *
   * @param done called once, later, on the event loop
   */
  void resolve(String address, Consumer<Resolution> done);

  /**
   * What was found.
   *
   * @param endpoints all of them; empty if there are none
   * @param failure why there are none, for people
   */
  record Resolution(List<Endpoint> endpoints, Optional<String> failure) {}
}
