package community.cloudy.gossip.serf.swim;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Admits a bounded rate of packets from each source address, so that one flood cannot take the
 * event loop from the others. A busy community of 1,000 nodes sends a node about 20 packets a
 * second from all together.
 */
final class SourceLimiter {
  private static final int SOURCES = 4096;
  private static final double BURST = 4000;
  private static final double PER_NANO = 2000.0 / TimeUnit.SECONDS.toNanos(1);

  private final Map<Bytes, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Bucket> eldest) {
          return size() > SOURCES;
        }
      };

  /** Tells whether one more packet from {@code address} may pass at {@code now}. */
  boolean admit(Bytes address, long now) {
    Bucket bucket = buckets.get(address);
    if (bucket == null) {
      bucket = new Bucket(now);
      buckets.put(address, bucket);
    }
    return bucket.take(now);
  }

  private static final class Bucket {
    private double tokens = BURST;
    private long filled;

    Bucket(long now) {
      filled = now;
    }

    boolean take(long now) {
      tokens = Math.min(BURST, tokens + (now - filled) * PER_NANO);
      filled = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
