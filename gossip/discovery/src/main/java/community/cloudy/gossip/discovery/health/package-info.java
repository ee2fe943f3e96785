/**
 * Whether this node's services work: what to check and how often, one check done with plain
 * sockets, thresholds against flapping, and the monitor that runs many.
 *
 * <p>State lives on the owner's thread; only {@link community.cloudy.gossip.discovery.health.Probe}
 * touches sockets, on the monitor's few threads. What is announced, and to whom, is decided
 * elsewhere.
 */
@NullMarked
package community.cloudy.gossip.discovery.health;

import org.jspecify.annotations.NullMarked;
