package community.cloudy.gossip.serf.transport;

/**
 * What TCP connections may cost a node. Inbound and outbound ones are limited apart, so that
 * strangers cannot keep the node from joining.
 *
 * @param connections the most connections open at once, in each direction; memberlist's inbound
 *     limit is 128 (specification A9)
 * @param perAddress the most inbound connections from one address
 * @param messageBytes the longest message received
 * @param bufferedBytes the most bytes held for all connections of one direction
 * @param timeoutNanos how long an inbound peer may take to send its request, and again to take the
 *     reply; memberlist's TCPTimeout
 */
public record StreamLimits(
    int connections, int perAddress, int messageBytes, long bufferedBytes, long timeoutNanos) {
  /** Checks that everything is positive. */
  public StreamLimits {
    if (Math.min(connections, perAddress) < 1
        || Math.min(messageBytes, bufferedBytes) < 1
        || timeoutNanos < 1) {
      throw new IllegalArgumentException("stream limits must be positive");
    }
  }

  /**
   * Returns 128 connections, 64 an address, messages of 8 MiB and 16 MiB in all. Many nodes may
   * share an address: behind NAT, or on one machine, where all dial from 127.0.0.1.
   */
  public static StreamLimits defaults(long timeoutNanos) {
    return new StreamLimits(128, 64, 8 << 20, 16 << 20, timeoutNanos);
  }
}
