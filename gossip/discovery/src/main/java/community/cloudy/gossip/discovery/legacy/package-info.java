/**
 * The Serf tag {@code services} in which nodes of the old Cloudy distribution announce what they
 * offer (avahi-ps-serf): read it from one member at a time, and write it so that their pages can
 * read it.
 *
 * <p>Pure functions of text. No sockets, clocks or threads, and no knowledge of members or of the
 * catalogue live here.
 */
@NullMarked
package community.cloudy.gossip.discovery.legacy;

import org.jspecify.annotations.NullMarked;
