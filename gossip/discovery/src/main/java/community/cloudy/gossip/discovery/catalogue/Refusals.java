package community.cloudy.gossip.discovery.catalogue;

import static java.util.concurrent.TimeUnit.MINUTES;

import community.cloudy.gossip.serf.wire.Bytes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Counts what was refused, by reason and by who sent it, and stops listening to the worst. */
final class Refusals {
  private static final int SOURCES = 1024;

  /** Refusals in a minute after which a source's news is not looked at for the rest of it. */
  private static final int TOLERATED = 50;

  private static final long MINUTE = MINUTES.toNanos(1);

  private final long[] byReason = new long[Reason.values().length];
  private final Map<Bytes, Source> bySource =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Source> eldest) {
          return size() > SOURCES;
        }
      };

  /** Why a record is not let in. */
  enum Reason {
    /** Not a record, or not in its one encoding, or with text that is not allowed. */
    MALFORMED,
    /** The signature is not the key's. */
    SIGNATURE,
    /** The node's name belongs to another key. */
    HIJACK,
    /** There is no room. */
    FULL,
    /** Its source has sent too much nonsense. */
    MUTED
  }

  private static final class Source {
    private long since;
    private int recent;
    private long total;
  }

  /** Counts a refusal of what {@code address} sent. */
  void add(Reason reason, Bytes address, long now) {
    byReason[reason.ordinal()]++;
    Source source = bySource.computeIfAbsent(address, a -> new Source());
    if (now - source.since > MINUTE) {
      source.since = now;
      source.recent = 0;
    }
    // Whoever passes on what others announce cannot know that it has no room here.
    source.recent += reason == Reason.FULL ? 0 : 1;
    source.total++;
  }

  /** Tells whether what {@code address} sends is not worth looking at for now. */
  boolean isMuted(Bytes address, long now) {
    Source source = bySource.get(address);
    return source != null && source.recent > TOLERATED && now - source.since <= MINUTE;
  }

  /** Returns how much of each source was refused, by its address. */
  Map<Bytes, Long> sources() {
    Map<Bytes, Long> totals = new LinkedHashMap<>();
    bySource.forEach((address, source) -> totals.put(address, source.total));
    return totals;
  }

  void report(Map<String, Long> metrics) {
    for (Reason reason : Reason.values()) {
      metrics.put(
          "refused_" + reason.name().toLowerCase(Locale.ROOT) + "_total",
          byReason[reason.ordinal()]);
    }
  }
}
