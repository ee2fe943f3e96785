/**
 * What memberlist and Serf put on the wire: msgpack dialect, message records, framing (compound,
 * LZW, CRC, encryption, label) and the limits on every length.
 *
 * <p>Pure functions of bytes. No sockets, clocks, threads or protocol decisions live here.
 */
@NullMarked
package community.cloudy.gossip.serf.wire;

import org.jspecify.annotations.NullMarked;
