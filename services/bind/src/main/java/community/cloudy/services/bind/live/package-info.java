/**
 * The names of what the community announces: which they are, and how they come into the zone that
 * named serves, by updates of what differs (RFC 2136).
 */
@NullMarked
package community.cloudy.services.bind.live;

import org.jspecify.annotations.NullMarked;
