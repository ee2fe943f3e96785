package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the node while it is being built: the port, and so the node's own endpoint, is
 * known only once the sockets are bound. What arrives before is lost, as on any network.
 */
final class LateInbound implements Transport.Inbound {
  private static final byte[] NO_REPLY = {};

  private Transport.@Nullable Inbound target;

  void connect(Transport.Inbound inbound) {
    target = inbound;
  }

  @Override
  public void packet(Endpoint from, byte[] data, int length) {
    if (target != null) {
      target.packet(from, data, length);
    }
  }

  @Override
  public byte[] stream(Endpoint from, byte[] request) {
    return target == null ? NO_REPLY : target.stream(from, request);
  }
}
