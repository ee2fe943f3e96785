/** A file layer that forgets at a power cut what was not synced, and what is then still there. */
@NullMarked
package community.cloudy.agent.crash;

import org.jspecify.annotations.NullMarked;
