/** Measures by echo requests whether devices answer, and how fast. */
@NullMarked
package community.cloudy.services.graphs.ping;

import org.jspecify.annotations.NullMarked;
