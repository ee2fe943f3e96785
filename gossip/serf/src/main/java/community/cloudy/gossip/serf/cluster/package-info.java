/**
 * Serf's layer above SWIM: tags, Lamport clocks, join and leave intents, user events, queries, name
 * conflicts, and coming back together after a partition.
 *
 * <p>A pure state machine like {@link community.cloudy.gossip.serf.swim}: no sockets, threads,
 * clocks or randomness of its own.
 */
@NullMarked
package community.cloudy.gossip.serf.cluster;

import org.jspecify.annotations.NullMarked;
