package community.cloudy.services.bind.live;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.gossip.discovery.Service;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A service, and where it is.
 *
 * @param host the label of its node
 * @param id its label below that
 * @param type the label of its type
 * @param addresses of its node
 * @param distance to its node
 */
record Place(
    Service service,
    String host,
    String id,
    String type,
    List<InetAddress> addresses,
    Optional<Duration> distance) {
  private static final long FAR = Duration.ofMinutes(1).toNanos();

  Health.State state() {
    return service.offer().health().state();
  }

  long nanos() {
    return distance.map(Duration::toNanos).orElse(FAR);
  }

  /** Returns how others are to prefer it (RFC 2782): by powers of two, that it may stay a while. */
  int priority() {
    int order = Long.SIZE - Long.numberOfLeadingZeros(nanos() / 1_000_000);
    return state() == Health.State.OK ? order : 100 + order;
  }
}
