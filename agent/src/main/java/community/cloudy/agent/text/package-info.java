/** Text that came from elsewhere, made safe to show. */
@NullMarked
package community.cloudy.agent.text;

import org.jspecify.annotations.NullMarked;
