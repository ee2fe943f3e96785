package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.transport.Endpoint;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node as gossip sees it. Name and tags come from the network: encode them wherever they are
 * shown.
 *
 * @param name unique in the community
 * @param endpoint where it gossips
 * @param tags sorted by key
 * @param status what the community believes
 * @param versions the protocol versions it announced
 */
public record Member(
    String name,
    Endpoint endpoint,
    SortedMap<String, String> tags,
    MemberStatus status,
    Versions versions) {
  /** Copies the tags. */
  public Member {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /**
   * The ranges a member speaks: memberlist's protocol and Serf's (the "delegate").
   *
   * @param protocolMin lowest memberlist protocol understood
   * @param protocolMax highest memberlist protocol understood
   * @param protocolCurrent memberlist protocol spoken
   * @param delegateMin lowest Serf protocol understood
   * @param delegateMax highest Serf protocol understood
   * @param delegateCurrent Serf protocol spoken
   */
  public record Versions(
      int protocolMin,
      int protocolMax,
      int protocolCurrent,
      int delegateMin,
      int delegateMax,
      int delegateCurrent) {}
}
