/**
 * The files of discovery: what this node announces, what it has heard, and which key each name
 * belongs to. Written whole or not at all, bounded when read.
 */
@NullMarked
package community.cloudy.gossip.discovery.store;

import org.jspecify.annotations.NullMarked;
