/**
 * The agent's view of the gossip community: what the rest of the agent may ask of it, and the thin
 * adapter over the Serf library. The only package that calls the library.
 */
@NullMarked
package community.cloudy.agent.community;

import org.jspecify.annotations.NullMarked;
