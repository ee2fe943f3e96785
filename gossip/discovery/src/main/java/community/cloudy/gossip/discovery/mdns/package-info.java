/**
 * The neighbourhood by multicast DNS (RFC 6762, RFC 6763): finds Serf agents and Cloudy nodes of
 * the own community on the same link and lets them find this node, and tells the home network of
 * this node's services.
 *
 * <p>The only place that sees jmdns, which is loaded when the first link is opened. Whom to join
 * and what to publish is decided elsewhere.
 */
@NullMarked
package community.cloudy.gossip.discovery.mdns;

import org.jspecify.annotations.NullMarked;
