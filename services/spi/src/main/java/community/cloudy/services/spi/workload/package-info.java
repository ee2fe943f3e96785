/**
 * What keeps a module's workloads running: one loop that starts, looks, waits and starts again, and
 * what it drives: a process, a container, or something that is only looked at. Knows no module.
 */
@NullMarked
package community.cloudy.services.spi.workload;

import org.jspecify.annotations.NullMarked;
