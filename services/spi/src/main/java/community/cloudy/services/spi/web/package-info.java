/** Reads documents of others by http and https within bounds. */
@NullMarked
package community.cloudy.services.spi.web;

import org.jspecify.annotations.NullMarked;
