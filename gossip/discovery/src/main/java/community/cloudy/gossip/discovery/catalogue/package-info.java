/**
 * The catalogue's core: signed announcements, who may change them, how they travel. A pure state
 * machine on the event loop it is given; no sockets, files, threads or clocks of its own.
 */
@NullMarked
package community.cloudy.gossip.discovery.catalogue;

import org.jspecify.annotations.NullMarked;
