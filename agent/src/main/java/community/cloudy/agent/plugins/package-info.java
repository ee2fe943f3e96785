/**
 * Finds the service modules of this node: those of the distribution and those in the plug-in
 * folder, each of the latter with a class loader of its own that sees nothing of the agent but the
 * contract. Starts none.
 */
@NullMarked
package community.cloudy.agent.plugins;

import org.jspecify.annotations.NullMarked;
