/**
 * SWIM membership with Lifeguard, as memberlist speaks it: who is alive, decided by probes,
 * suspicion and gossip.
 *
 * <p>A pure state machine. Everything runs on the event loop that owns it; time, timers, randomness
 * and the network are given. Nothing here opens sockets, starts threads or reads a clock.
 */
@NullMarked
package community.cloudy.gossip.serf.swim;

import org.jspecify.annotations.NullMarked;
