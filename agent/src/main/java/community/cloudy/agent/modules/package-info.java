/**
 * Runs service modules: starts, reloads and stops them as the configuration says, tells the
 * community of what they offer, and lends them what the node has. Knows no module by name.
 */
@NullMarked
package community.cloudy.agent.modules;

import org.jspecify.annotations.NullMarked;
