/**
 * Announces what runs in containers: those whose labels say so. What a label says was written by
 * others, so that it becomes an announcement only through the announcement's own checks. Nothing
 * here changes a container.
 */
@NullMarked
package community.cloudy.containers.activation;

import org.jspecify.annotations.NullMarked;
