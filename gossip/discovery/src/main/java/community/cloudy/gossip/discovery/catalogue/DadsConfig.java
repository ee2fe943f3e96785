package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.serf.Profile;

/**
 * Timers and switches. Durations are nanoseconds unless said otherwise.
 *
 * @param node this node's name
 * @param ttlSeconds how long an announcement stands, in seconds; it is repeated at half of that
 * @param exchangeInterval time between exchanges with a random peer, for up to 32 members
 * @param news whether changes are gossiped
 * @param antiEntropy whether catalogues are compared with random peers
 * @param tag whether the tag tells this node's state
 */
public record DadsConfig(
    String node,
    int ttlSeconds,
    long exchangeInterval,
    boolean news,
    boolean antiEntropy,
    boolean tag) {
  private static final int TTL = 3 * 24 * 3600;

  /** Returns the defaults for {@code profile}: exchanges as often as push/pulls. */
  public static DadsConfig of(String node, Profile profile) {
    long seconds =
        switch (profile) {
          case LAN, MESH -> 30;
          case WAN -> 60;
          case LOCAL -> 15;
        };
    return new DadsConfig(node, TTL, SECONDS.toNanos(seconds), true, true, true);
  }

  boolean isSelf(String name) {
    return node.equals(name);
  }
}
