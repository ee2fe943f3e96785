/**
 * Containers on this node. The rooms: {@code engine} speaks to Docker and alone knows docker-java;
 * {@code policy} says what may run; {@code stacks} keeps Compose projects; {@code apps} holds the
 * templates stacks are installed from; {@code backup} saves and restores them; {@code activation}
 * announces what runs. Nothing here knows of people or of HTTP.
 */
@NullMarked
package community.cloudy.containers;

import org.jspecify.annotations.NullMarked;
