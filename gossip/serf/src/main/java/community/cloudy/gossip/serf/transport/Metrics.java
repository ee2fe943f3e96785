package community.cloudy.gossip.serf.transport;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters that only grow; read from any thread. */
final class Metrics {
  private final Map<Count, AtomicLong> counts = new EnumMap<>(Count.class);

  Metrics() {
    for (Count count : Count.values()) {
      counts.put(count, new AtomicLong());
    }
  }

  /** What is counted. */
  enum Count {
    PACKETS_IN,
    PACKETS_OUT,
    PACKET_BYTES_IN,
    PACKET_BYTES_OUT,
    PACKET_RECEIVE_ERRORS,
    PACKET_SEND_ERRORS,
    STREAMS_ACCEPTED,
    STREAMS_REFUSED,
    STREAMS_DIALLED,
    STREAMS_TIMED_OUT,
    STREAMS_FAILED,
    STREAM_BYTES_IN,
    STREAM_BYTES_OUT
  }

  void add(Count count, long amount) {
    Objects.requireNonNull(counts.get(count)).addAndGet(amount);
  }

  Map<String, Long> toMap() {
    Map<String, Long> map = new TreeMap<>();
    counts.forEach(
        (count, value) -> map.put(count.name().toLowerCase(Locale.ROOT) + "_total", value.get()));
    return map;
  }
}
