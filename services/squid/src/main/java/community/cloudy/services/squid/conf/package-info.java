/**
 * How Squid's file is written: from values that have checked themselves, by a writer that lets
 * nothing cross from one word or line into another. Runs nothing.
 */
@NullMarked
package community.cloudy.services.squid.conf;

import org.jspecify.annotations.NullMarked;
