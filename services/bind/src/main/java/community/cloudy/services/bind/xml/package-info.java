/** Reads XML of others, of guifi.net and of named, within bounds. */
@NullMarked
package community.cloudy.services.bind.xml;

import org.jspecify.annotations.NullMarked;
