/** Reads XML of others within bounds. Knows nothing of what the documents mean. */
@NullMarked
package community.cloudy.services.spi.xml;

import org.jspecify.annotations.NullMarked;
