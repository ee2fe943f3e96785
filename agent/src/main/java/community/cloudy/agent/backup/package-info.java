/**
 * The whole node in one file: what makes it the node it is, and not what is made again or too large
 * (stacks' data have backups of their own). Works on files alone, beside an agent or without one.
 */
@NullMarked
package community.cloudy.agent.backup;

import org.jspecify.annotations.NullMarked;
