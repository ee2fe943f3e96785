/** The daemon: puts the parts together, starts and stops them. Nobody knows this package. */
@NullMarked
package community.cloudy.agent;

import org.jspecify.annotations.NullMarked;
