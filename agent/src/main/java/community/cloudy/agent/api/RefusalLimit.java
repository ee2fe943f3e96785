package community.cloudy.agent.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Keeps who is refused again and again from pushing everybody else's changes out of the audit log.
 * Thread-safe.
 */
final class RefusalLimit {
  static final int A_MINUTE = 30;

  private static final int PEOPLE = 1000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, Count> counts = new Newest<>(PEOPLE);

  RefusalLimit(InstantSource clock) {
    this.clock = clock;
  }

  private record Count(Instant since, int refusals, int unwritten) {}

  /**
   * Counts a refusal.
   *
   * @return how many of this person's were not written since the last that was; empty if this one
   *     is not to be written either
   */
  synchronized OptionalInt admit(String login) {
    Instant now = clock.instant();
    Count old = counts.remove(login);
    if (old == null || !now.isBefore(old.since.plus(MINUTE))) {
      counts.put(login, new Count(now, 1, 0));
      return OptionalInt.of(old == null ? 0 : old.unwritten);
    }
    if (old.refusals < A_MINUTE) {
      counts.put(login, new Count(old.since, old.refusals + 1, 0));
      return OptionalInt.of(0);
    }
    counts.put(login, new Count(old.since, old.refusals, old.unwritten + 1));
    return OptionalInt.empty();
  }
}
