package community.cloudy.services.spi.workload;

import java.time.Duration;

/**
 * How patient the loop is.
 *
 * @param look from one look at something that works to the next
 * @param soon from one look to the next while it does not
 * @param firstWait before something that ended is started again; doubled each time
 * @param lastWait the longest such wait, and how long something must run for the next to be short
 */
public record Times(Duration look, Duration soon, Duration firstWait, Duration lastWait) {
  /** What nodes use. */
  public static final Times USUAL =
      new Times(
          Duration.ofSeconds(10),
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5));

  /**
   * Returns how long to wait before the next start.
   *
   * @param restarts how often it has ended since it last ran well, from 1
   */
  Duration wait(int restarts) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(restarts - 1, 30));
    return wait.compareTo(lastWait) < 0 ? wait : lastWait;
  }
}
