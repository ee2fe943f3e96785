/**
 * DADS: what nodes offer each other. The door of this room: announcements, the catalogue's view for
 * people, and the facade that ties the parts together on Serf's event loop.
 */
@NullMarked
package community.cloudy.gossip.discovery;

import org.jspecify.annotations.NullMarked;
