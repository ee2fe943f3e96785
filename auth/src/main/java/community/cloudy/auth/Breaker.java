package community.cloudy.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps logins from waiting for a server that does not answer: after a failure one login in a while
 * tries it, each time after twice as long, and the others pass it by. Success lets all of them
 * back. Thread-safe.
 */
final class Breaker {
  private static final Logger log = LoggerFactory.getLogger(Breaker.class);
  private static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);

  private final String server;
  private final InstantSource clock;
  private Optional<Diagnosis> failure = Optional.empty();
  private Optional<Instant> since = Optional.empty();
  private Instant tried = Instant.EPOCH;
  private Duration pause = FIRST;

  Breaker(String server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /** Tells whether to try the server now; a try that comes after a failure counts as failed. */
  synchronized boolean admits() {
    if (failure.isEmpty()) {
      return true;
    }
    Duration waited = Duration.between(tried, clock.instant());
    // A clock that was set back must not keep the server out.
    if (!waited.isNegative() && waited.compareTo(pause) < 0) {
      return false;
    }
    tried = clock.instant();
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return true;
  }

  synchronized void succeeded() {
    if (failure.isPresent()) {
      log.info("Directory server answers again server={}", server);
    }
    if (failure.isPresent() || since.isEmpty()) {
      since = Optional.of(clock.instant());
    }
    failure = Optional.empty();
    pause = FIRST;
  }

  synchronized void failed(Diagnosis why) {
    if (failure.isEmpty()) {
      log.warn("Directory server cannot be reached server={} reason={}", server, why.reason());
      since = Optional.of(clock.instant());
      tried = clock.instant();
    }
    failure = Optional.of(why);
  }

  /** Returns why the last try failed; empty if it did not. */
  synchronized Optional<Diagnosis> failure() {
    return failure;
  }

  /** Returns since when it has been as it is; empty if it was never tried. */
  synchronized Optional<Instant> since() {
    return since;
  }
}
