package community.cloudy.gossip.serf.cluster;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Serf's timers and limits (specification B9). Durations are nanoseconds.
 *
 * @param broadcastTimeout longest wait for a broadcast to have gone out
 * @param leavePropagateDelay pause after leaving, so that the news gets around
 * @param reapInterval time between looks for members to forget
 * @param reconnectTimeout how long a failed member is remembered
 * @param tombstoneTimeout how long a member that left is remembered
 * @param reconnectInterval time between tries to exchange states with a failed member
 * @param knockInterval time between pings of a failed member
 * @param recentIntentTimeout how long an intent waits for its member to become known
 * @param queueDepth broadcasts kept in each queue
 * @param eventBacklog user events waiting above which this node broadcasts no more of its own
 * @param userEventSize largest user event, in bytes, encoded or not
 * @param querySize largest encoded query, in bytes
 * @param queryResponseSize largest encoded query response, in bytes
 */
public record ClusterConfig(
    long broadcastTimeout,
    long leavePropagateDelay,
    long reapInterval,
    long reconnectTimeout,
    long tombstoneTimeout,
    long reconnectInterval,
    long knockInterval,
    long recentIntentTimeout,
    int queueDepth,
    int eventBacklog,
    int userEventSize,
    int querySize,
    int queryResponseSize) {

  /** Returns Serf's defaults, with knocks every {@code knockInterval}. */
  public static ClusterConfig defaults(long knockInterval) {
    return new ClusterConfig(
        SECONDS.toNanos(5),
        SECONDS.toNanos(1),
        SECONDS.toNanos(15),
        HOURS.toNanos(24),
        HOURS.toNanos(24),
        SECONDS.toNanos(30),
        knockInterval,
        MINUTES.toNanos(5),
        4096,
        1024,
        512,
        1024,
        1024);
  }
}
