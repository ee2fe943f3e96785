/**
 * Which devices are watched: read from documents, settings and the catalogue, each within bounds,
 * and brought together; decides which credential may be sent where. Asks no device anything.
 */
@NullMarked
package community.cloudy.services.graphs.watch;

import org.jspecify.annotations.NullMarked;
