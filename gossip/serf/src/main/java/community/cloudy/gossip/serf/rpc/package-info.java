/**
 * Serf's agent RPC (specification C): what the stock {@code serf} command talks to. It runs on an
 * event loop of its own and reaches the node only through {@link
 * community.cloudy.gossip.serf.Serf}, so that a slow or hostile client costs gossip nothing.
 */
@NullMarked
package community.cloudy.gossip.serf.rpc;

import org.jspecify.annotations.NullMarked;
