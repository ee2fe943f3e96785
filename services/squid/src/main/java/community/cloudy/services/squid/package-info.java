/**
 * The module for Squid, the web proxy and cache: runs it, renders its file, tells who may use it,
 * and knows how it is.
 */
@NullMarked
package community.cloudy.services.squid;

import org.jspecify.annotations.NullMarked;
