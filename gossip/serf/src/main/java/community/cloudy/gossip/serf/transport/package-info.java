/**
 * How the protocol cores meet the world: the {@link
 * community.cloudy.gossip.serf.transport.Transport} and {@link
 * community.cloudy.gossip.serf.transport.Scheduler} they are given, and the NIO event loop that
 * implements both on one thread. No protocol decisions live here.
 */
@NullMarked
package community.cloudy.gossip.serf.transport;

import org.jspecify.annotations.NullMarked;
