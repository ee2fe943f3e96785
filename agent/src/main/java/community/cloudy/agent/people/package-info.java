/** The people a node knows, opened from its state folder, and the first of them. */
@NullMarked
package community.cloudy.agent.people;

import org.jspecify.annotations.NullMarked;
