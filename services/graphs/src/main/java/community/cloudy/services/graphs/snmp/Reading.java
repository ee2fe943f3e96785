package community.cloudy.services.graphs.snmp;

import java.time.Instant;

/**
 * The counters of an interface at one moment.
 *
 * @param at when they came, by this node's clock
 * @param uptime sysUpTime, in hundredths of a second modulo 2<sup>32</sup>; negative if the device
 *     does not say
 * @param index the ifIndex they were at
 * @param wide whether they have 64 bits, not 32
 * @param in octets received, unsigned
 * @param out octets sent, unsigned
 */
record Reading(Instant at, long uptime, int index, boolean wide, long in, long out) {}
