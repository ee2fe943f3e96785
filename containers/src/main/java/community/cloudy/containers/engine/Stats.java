package community.cloudy.containers.engine;

import java.time.Instant;

/**
 * What a container uses.
 *
 * @param at when it was measured
 * @param cpuPercent of one processor: 200 is two at full speed; since the sample before
 * @param memory bytes, without the page cache that can be dropped
 * @param memoryLimit bytes; the node's memory if there is no limit
 * @param pids processes and threads
 * @param received bytes, on all its interfaces
 * @param sent bytes
 * @param read bytes from block devices
 * @param written bytes
 */
public record Stats(
    Instant at,
    double cpuPercent,
    long memory,
    long memoryLimit,
    long pids,
    long received,
    long sent,
    long read,
    long written) {}
