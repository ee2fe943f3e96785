/**
 * Reads what an older Cloudy and guifi.net's packages have left in {@code /etc}, and says it in
 * this agent's words. Reads files only: nothing is run, and nothing of this machine is changed.
 */
@NullMarked
package community.cloudy.agent.migrate;

import org.jspecify.annotations.NullMarked;
