package community.cloudy.services.graphs.snmp;

import java.time.Duration;
import java.time.Instant;

/**
 * How a cycle went.
 *
 * @param begun when it began
 * @param took until the last device that was due had answered or was given up; so far, if it is
 *     still going on
 * @param over whether it is over
 * @param devices how many were visited
 * @param failed how many of these in vain
 * @param samples how many values came of it
 */
public record Cycle(
    Instant begun, Duration took, boolean over, int devices, int failed, int samples) {}
