package community.cloudy.gossip.serf.swim;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import community.cloudy.gossip.serf.Profile;

/**
 * The timers and factors of SWIM (specification A14). Durations are nanoseconds.
 *
 * @param tcpTimeout bounds a whole stream exchange
 * @param probeInterval time between probes, one member each
 * @param probeTimeout wait for the direct answer before asking others to probe
 * @param directPings how often the direct ping is sent within {@code probeTimeout}
 * @param indirectChecks members asked to probe on our behalf
 * @param tcpFallback whether a silent member is also pinged by TCP
 * @param suspicionMult factor of the shortest suspicion
 * @param suspicionMaxMult the longest suspicion, as a multiple of the shortest
 * @param retransmitMult factor of how often each broadcast is sent
 * @param gossipInterval time between rounds of gossip while there is news
 * @param gossipNodes members gossiped to in a round
 * @param gossipToTheDead how long the dead still get gossip before they are forgotten
 * @param pushPullInterval time between full exchanges of state, for up to 32 members
 * @param awarenessMax bound of the health score (Lifeguard)
 * @param packetSize largest datagram before encryption is counted, in bytes
 */
public record SwimConfig(
    long tcpTimeout,
    long probeInterval,
    long probeTimeout,
    int directPings,
    int indirectChecks,
    boolean tcpFallback,
    int suspicionMult,
    int suspicionMaxMult,
    int retransmitMult,
    long gossipInterval,
    int gossipNodes,
    long gossipToTheDead,
    long pushPullInterval,
    int awarenessMax,
    int packetSize) {

  /** Returns the numbers for {@code profile}. */
  public static SwimConfig of(Profile profile) {
    return switch (profile) {
      case LAN -> memberlist(10, 1000, 500, 3, 4, 4, 200, 3, 30, 30);
      case WAN -> memberlist(30, 5000, 3000, 3, 6, 4, 500, 4, 60, 60);
      case LOCAL -> memberlist(1, 1000, 200, 1, 3, 2, 100, 3, 15, 15);
      case MESH -> mesh();
    };
  }

  private static SwimConfig memberlist(
      int tcpSeconds,
      int probeMillis,
      int probeTimeoutMillis,
      int indirectChecks,
      int suspicionMult,
      int retransmitMult,
      int gossipMillis,
      int gossipNodes,
      int deadSeconds,
      int pushPullSeconds) {
    return new SwimConfig(
        SECONDS.toNanos(tcpSeconds),
        MILLISECONDS.toNanos(probeMillis),
        MILLISECONDS.toNanos(probeTimeoutMillis),
        1,
        indirectChecks,
        true,
        suspicionMult,
        6,
        retransmitMult,
        MILLISECONDS.toNanos(gossipMillis),
        gossipNodes,
        SECONDS.toNanos(deadSeconds),
        SECONDS.toNanos(pushPullSeconds),
        8,
        1400);
  }

  /** Numbers for links that lose a third of what they carry; RATIONALE.md derives each. */
  private static SwimConfig mesh() {
    return new SwimConfig(
        SECONDS.toNanos(20),
        MILLISECONDS.toNanos(2000),
        MILLISECONDS.toNanos(1200),
        3,
        5,
        true,
        6,
        6,
        6,
        MILLISECONDS.toNanos(300),
        4,
        SECONDS.toNanos(60),
        SECONDS.toNanos(30),
        8,
        1200);
  }

  /** Returns a copy with the TCP ping on or off. */
  public SwimConfig withTcpFallback(boolean on) {
    return new SwimConfig(
        tcpTimeout,
        probeInterval,
        probeTimeout,
        directPings,
        indirectChecks,
        on,
        suspicionMult,
        suspicionMaxMult,
        retransmitMult,
        gossipInterval,
        gossipNodes,
        gossipToTheDead,
        pushPullInterval,
        awarenessMax,
        packetSize);
  }
}
