/**
 * Compose projects: a folder each, which a person may edit, and what was made of it. Compose itself
 * executes, but only a file this room wrote from the model the policy judged; and what the engine
 * made of it is judged again before it starts. Each version is kept, an update that does not become
 * healthy is taken back, and what should be up comes back after a power cut with no network.
 */
@NullMarked
package community.cloudy.containers.stacks;

import org.jspecify.annotations.NullMarked;
