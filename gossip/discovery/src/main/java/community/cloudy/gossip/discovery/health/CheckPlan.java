package community.cloudy.gossip.discovery.health;

import java.time.Duration;

/**
 * What to check, how often, and how many results to believe.
 *
 * @param check what to do
 * @param interval from the end of one check to the next: 1 s to 1 h
 * @param timeout how long one check may take in all: from 100 ms, not above 30 s or the interval
 * @param down failures in a row until the service is failing: 1 to 10
 * @param up successes in a row until a failing service is ok again: 1 to 10
 */
public record CheckPlan(Check check, Duration interval, Duration timeout, int down, int up) {
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MAX_INTERVAL = Duration.ofHours(1);
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration RECHECK = Duration.ofSeconds(2);
  private static final int MAX_RESULTS = 10;

  /** Checks the ranges. */
  public CheckPlan {
    if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
      throw new IllegalArgumentException("interval must be from 1 s to 1 h");
    }
    if (timeout.compareTo(MIN_TIMEOUT) < 0
        || timeout.compareTo(MAX_TIMEOUT) > 0
        || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "timeout must be from 100 ms to 30 s, and not above the interval");
    }
    if (down < 1 || down > MAX_RESULTS || up < 1 || up > MAX_RESULTS) {
      throw new IllegalArgumentException("down and up must be from 1 to " + MAX_RESULTS);
    }
  }

  /** Returns the plan for {@code check} every 10 s within 5 s, down after 3 and up after 2. */
  public static CheckPlan of(Check check) {
    return new CheckPlan(check, Duration.ofSeconds(10), Duration.ofSeconds(5), 3, 2);
  }

  /** Returns how soon to check again when a result contradicts what is believed. */
  Duration recheck() {
    return interval.compareTo(RECHECK) < 0 ? interval : RECHECK;
  }
}
