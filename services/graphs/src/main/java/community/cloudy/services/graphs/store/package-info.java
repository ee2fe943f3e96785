/**
 * Round-robin files in rrdtool's own format, read and written without rrdtool, and the folder of
 * them.
 */
@NullMarked
package community.cloudy.services.graphs.store;

import org.jspecify.annotations.NullMarked;
