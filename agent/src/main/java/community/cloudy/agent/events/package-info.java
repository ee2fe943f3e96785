/**
 * What happens to this node and its community, as events: their types, and the log from which
 * everybody who follows them reads. Knows nobody who publishes and nobody who reads.
 */
@NullMarked
package community.cloudy.agent.events;

import org.jspecify.annotations.NullMarked;
