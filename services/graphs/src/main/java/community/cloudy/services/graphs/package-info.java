/**
 * The community's eyes: traffic, latency and availability of devices and links, polled by SNMP and
 * ping, kept in round-robin files that rrdtool reads, drawn, and answered as guifi.net's
 * snpservices did.
 */
@NullMarked
package community.cloudy.services.graphs;

import org.jspecify.annotations.NullMarked;
