/**
 * Asks devices by SNMP (RFC 3416, RFC 3414) for the octets of their interfaces (IF-MIB, RFC 2863)
 * and for facts of their radios. Everything but {@code Session} is told of time and answers, on one
 * thread.
 */
@NullMarked
package community.cloudy.services.graphs.snmp;

import org.jspecify.annotations.NullMarked;
