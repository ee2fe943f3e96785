/**
 * The first configuration of a node: what the machine tells, and what its owner answers, as a file
 * with comments. Asks nobody and starts nothing; {@code cli} does.
 */
@NullMarked
package community.cloudy.agent.setup;

import org.jspecify.annotations.NullMarked;
