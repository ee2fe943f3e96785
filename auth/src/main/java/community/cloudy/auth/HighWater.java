package community.cloudy.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never goes back. Small boxes have no battery for theirs: after a power cut it may
 * show any time. While the given clock is behind what was reached, time goes on from there by as
 * much as that clock advances, so that nothing that is to expire lives for ever. One advance counts
 * for a day at most then: more than that is the clock being set. Thread-safe.
 */
final class HighWater {
  private static final Duration MAX_ADVANCE = Duration.ofDays(1);

  private final InstantSource clock;
  private Instant reached;
  private Instant seen;

  /** Goes on from {@code reached}, when the given clock showed {@code seen}. */
  HighWater(InstantSource clock, Instant reached, Instant seen) {
    this.clock = clock;
    this.reached = reached;
    this.seen = seen;
  }

  HighWater(InstantSource clock) {
    this(clock, Instant.EPOCH, Instant.EPOCH);
  }

  synchronized Instant now() {
    Instant now = clock.instant();
    if (!now.isBefore(reached)) {
      reached = now;
    } else if (now.isAfter(seen)) {
      Duration advance = Duration.between(seen, now);
      reached = reached.plus(advance.compareTo(MAX_ADVANCE) > 0 ? MAX_ADVANCE : advance);
    }
    seen = now;
    return reached;
  }

  /** Returns what the given clock showed at the last look. */
  synchronized Instant seen() {
    return seen;
  }
}
