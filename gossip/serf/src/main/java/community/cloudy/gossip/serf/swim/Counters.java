package community.cloudy.gossip.serf.swim;

import java.util.Locale;
import java.util.Map;

/** What happened how often, for metrics; confined to the event loop. */
public final class Counters {
  /** The things counted. */
  public enum Counter {
    /** Packets sent. */
    PACKETS_SENT,
    /** Packets received. */
    PACKETS_RECEIVED,
    /** Packets sent in rounds of gossip. */
    GOSSIP_PACKETS,
    /** Packets or streams that could not be decoded. */
    REJECTED_MALFORMED,
    /** Packets dropped because one source sent too many. */
    REJECTED_RATE,
    /** Messages with an incarnation or Lamport time too far ahead to be true. */
    REJECTED_JUMP,
    /** Nodes refused because the table is full. */
    REJECTED_FULL,
    /** Push/pull entries with versions that do not fit ours. */
    REJECTED_VERSION,
    /** Direct probes sent. */
    PROBES,
    /** Probes nobody answered. */
    PROBES_FAILED,
    /** Probes saved by a TCP ping. */
    PROBES_BY_TCP,
    /** Accusations against this node refuted. */
    REFUTATIONS,
    /** Suspicions raised by this node's own probes. */
    SUSPICIONS,
    /** Peers declared dead. */
    DEATHS,
    /** Suspects that answered the last question before their death. */
    DEATHS_AVERTED,
    /** Full exchanges of state, either way. */
    PUSH_PULLS,
    /** Full exchanges of state that failed. */
    PUSH_PULLS_FAILED,
    /** Name conflicts seen. */
    CONFLICTS,
    /** Broadcasts dropped from a full queue. */
    BROADCASTS_DROPPED,
    /** Timers that fired so late that this node must have been stalled. */
    STALLS
  }

  private final long[] counts = new long[Counter.values().length];

  /** Counts one more. */
  public void add(Counter counter) {
    add(counter, 1);
  }

  /** Counts {@code more}. */
  public void add(Counter counter, long more) {
    counts[counter.ordinal()] += more;
  }

  /** Returns the count. */
  public long value(Counter counter) {
    return counts[counter.ordinal()];
  }

  /** Puts each count under its lower-case name with {@code _total}. */
  public void report(Map<String, Long> metrics) {
    for (Counter counter : Counter.values()) {
      metrics.put(counter.name().toLowerCase(Locale.ROOT) + "_total", value(counter));
    }
  }
}
