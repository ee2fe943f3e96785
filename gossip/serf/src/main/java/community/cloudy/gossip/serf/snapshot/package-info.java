/**
 * Remembers across restarts who was alive and where the clocks stood, in the very file format that
 * Serf's agent writes (specification B10), so that either can take over from the other.
 *
 * <p>No membership decisions live here.
 */
@NullMarked
package community.cloudy.gossip.serf.snapshot;

import org.jspecify.annotations.NullMarked;
