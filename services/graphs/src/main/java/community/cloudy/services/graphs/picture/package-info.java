/**
 * Charts of the store's series, as PNG and as SVG: one drawing on two kinds of paper. Nothing of it
 * needs a display; the toolkit behind PNG is loaded with the first PNG that is asked for.
 */
@NullMarked
package community.cloudy.services.graphs.picture;

import org.jspecify.annotations.NullMarked;
