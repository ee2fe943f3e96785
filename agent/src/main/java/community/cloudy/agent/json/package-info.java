/** JSON as trees, read within bounds and written, without reflection. */
@NullMarked
package community.cloudy.agent.json;

import org.jspecify.annotations.NullMarked;
