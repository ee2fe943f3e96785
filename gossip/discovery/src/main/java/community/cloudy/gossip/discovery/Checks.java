package community.cloudy.gossip.discovery;

import community.cloudy.gossip.discovery.health.Target;
import community.cloudy.gossip.serf.Serf;

/** Where the check of a service goes: nowhere but where the service is announced to be. */
final class Checks {
  private Checks() {}

  static Target target(ServiceSpec spec, Serf serf) {
    ServiceEndpoint first = spec.offer().endpoints().get(0);
    String host =
        first.host().isEmpty()
            ? Listing.host(serf.localMember().endpoint().address())
            : first.host();
    return new Target(host, first.port());
  }
}
