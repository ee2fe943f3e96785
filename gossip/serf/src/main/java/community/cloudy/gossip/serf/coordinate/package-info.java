/**
 * Vivaldi network coordinates: estimates the round trip to a node nobody here has measured, from
 * the few that were (specification B11).
 *
 * <p>Pure arithmetic. No threads, clocks, randomness of its own or wire format live here.
 */
@NullMarked
package community.cloudy.gossip.serf.coordinate;

import org.jspecify.annotations.NullMarked;
