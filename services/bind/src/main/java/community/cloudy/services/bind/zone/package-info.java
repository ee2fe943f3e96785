/**
 * What zones there are and what is in them, as values, and how they are written down. Texts become
 * names and records of DNS, which know their wire form, before they reach a file. No network.
 */
@NullMarked
package community.cloudy.services.bind.zone;

import org.jspecify.annotations.NullMarked;
