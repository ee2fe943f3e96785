package community.cloudy.gossip.discovery;

import java.util.Optional;

/** Something a node learnt of the services of its community. */
public sealed interface DiscoveryEvent {
  /**
   * A service is new or has changed.
   *
   * @param announcement as it is now
   * @param before as it was, if it was announced
   */
  record Announced(Announcement announcement, Optional<Announcement> before)
      implements DiscoveryEvent {}

  /**
   * A service is gone: withdrawn, lapsed, or its key no longer accepted.
   *
   * @param announcement as it last was
   */
  record Gone(Announcement announcement) implements DiscoveryEvent {}

  /**
   * A key that is not the known one signs in a node's name.
   *
   * @param node the name
   * @param pinned the key known
   * @param claimed the key that claims it
   * @param taken whether the claim was accepted, because the key is trusted
   */
  record KeyAlarm(String node, NodeKey pinned, NodeKey claimed, boolean taken)
      implements DiscoveryEvent {}
}
