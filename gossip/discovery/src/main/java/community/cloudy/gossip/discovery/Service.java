package community.cloudy.gossip.discovery;

import community.cloudy.gossip.discovery.Announcement.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A service of the community as this node sees it. Its texts come from others: encode them wherever
 * they are shown.
 *
 * @param node the name of the node that offers it
 * @param key the node's key; empty for a legacy node
 * @param id tells it from the node's other services
 * @param offer what is offered, with what is believed of its health here and now, and endpoints
 *     with the node's address where they named none
 * @param age how old the word of its health is
 * @param sequence of the announcement; 0 for a legacy node's
 * @param trust how sure it is who says so
 * @param hidden whether it is left out unless asked for
 * @param elsewhere whether an endpoint names a host that is not the node's own address
 * @param reasons why it is listed, hidden, unknown or not verified, one sentence each
 */
public record Service(
    String node,
    Optional<NodeKey> key,
    String id,
    Offer offer,
    Duration age,
    long sequence,
    Trust trust,
    boolean hidden,
    boolean elsewhere,
    List<String> reasons) {
  /** Copies the list. */
  public Service {
    reasons = List.copyOf(reasons);
  }

  /** How sure it is who announces a service. */
  public enum Trust {
    /** This node itself does. */
    OWN,
    /** A key that a person has listed signs it. */
    VERIFIED,
    /** The key first seen with the node's name signs it. */
    PINNED,
    /** Nobody signs it: a legacy node's. */
    UNVERIFIED
  }
}
