/** How the agent logs: one line an event, for a person or for the journal. */
@NullMarked
package community.cloudy.agent.log;

import org.jspecify.annotations.NullMarked;
