package community.cloudy.gossip.serf.transport;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * What the connections of one direction share.
 *
 * @param chunk a direct buffer through which every read and write passes: handing NIO a large array
 *     would make it keep a direct copy of that size for ever
 */
record StreamResources(
    EventLoop loop,
    ByteBuffer chunk,
    Budget budget,
    Metrics metrics,
    Supplier<Framer> framers,
    StreamLimits limits) {}
