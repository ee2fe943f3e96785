/**
 * The containers of this node: puts the parts of the containers' module together as the
 * configuration says, and announces what runs. It decides nothing by itself.
 */
@NullMarked
package community.cloudy.agent.containers;

import org.jspecify.annotations.NullMarked;
