/**
 * Answers as snpservices, guifi.net's graph server, did: the same addresses, parameters and
 * formats, so that guifi.net's site and other graph servers need not know the difference.
 */
@NullMarked
package community.cloudy.services.graphs.snpservices;

import org.jspecify.annotations.NullMarked;
