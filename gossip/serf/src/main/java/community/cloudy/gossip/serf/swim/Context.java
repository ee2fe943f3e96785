package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.transport.Scheduler;
import java.util.random.RandomGenerator;

/**
 * What every part of SWIM is given.
 *
 * @param config timers and factors
 * @param scheduler time
 * @param random randomness
 * @param counters what happened
 * @param awareness this node's health
 */
record Context(
    SwimConfig config,
    Scheduler scheduler,
    RandomGenerator random,
    Counters counters,
    Awareness awareness) {
  long now() {
    return scheduler.nanoTime();
  }
}
