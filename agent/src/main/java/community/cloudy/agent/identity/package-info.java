/**
 * What makes this node itself across restarts: the state folder and its lock, the node's name and
 * key pair. Files only; no network.
 */
@NullMarked
package community.cloudy.agent.identity;

import org.jspecify.annotations.NullMarked;
