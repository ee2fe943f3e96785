/**
 * What may run on this node: one policy, the same for a Compose project, for a container asked for
 * by itself, and for what the engine says it really made. It denies what it does not know. It reads
 * no file and calls no engine: what it judges is given to it, and it answers with refusals that
 * name the key, the line and the remedy.
 */
@NullMarked
package community.cloudy.containers.policy;

import org.jspecify.annotations.NullMarked;
