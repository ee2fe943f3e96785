/**
 * Asks devices by SNMP (RFC 3416, RFC 3414) for the octets of their interfaces (IF-MIB, RFC 2863)
 * and for facts of their radios. What decides is told of time and answers, on one thread; {@code
 * Session} and {@code Channel} are the network.
 */
@NullMarked
package community.cloudy.services.graphs.snmp;

import org.jspecify.annotations.NullMarked;
