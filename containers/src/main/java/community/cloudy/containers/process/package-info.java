/**
 * Programs run to their end, by their arguments and never by a shell. Knows neither containers nor
 * services; supervised processes live elsewhere.
 */
@NullMarked
package community.cloudy.containers.process;

import org.jspecify.annotations.NullMarked;
