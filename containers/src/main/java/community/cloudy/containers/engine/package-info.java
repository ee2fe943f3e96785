/**
 * The container engine, spoken to over its unix socket. This room alone knows docker-java; what
 * leaves it are records. It knows no policy: it does what it is told. What comes from the engine is
 * data of others (labels, names, logs): bounded here, but not made safe to print.
 */
@NullMarked
package community.cloudy.containers.engine;

import org.jspecify.annotations.NullMarked;
