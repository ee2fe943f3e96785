package community.cloudy.services.peerstreamer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the bytes of a channel tell of it. On the clock it is given; used by one thread. */
final class Pulse {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration HELD = Duration.ofSeconds(8);
  private static final Duration SILENT_AFTER = Duration.ofSeconds(3);
  private static final double TOLERANCE = 1.1;
  private static final int BITS = 8;

  private final Deque<Look> looks = new ArrayDeque<>();
  private final Instant began;
  private final Duration first;
  private final Duration idle;
  private final int most;
  private boolean carried;
  private Instant last;

  private record Look(Instant at, long bytes) {}

  /**
   * Begins to feel.
   *
   * @param first after which a channel that has never carried anything is dead
   * @param idle after which one that carries nothing any more is
   * @param most kbit/s
   */
  Pulse(Instant now, Duration first, Duration idle, int most) {
    began = now;
    last = now;
    this.first = first;
    this.idle = idle;
    this.most = most;
    looks.add(new Look(now, 0));
  }

  /** Takes how many bytes it has carried in all. */
  void saw(Instant now, long bytes) {
    if (bytes > looks.getLast().bytes()) {
      carried = true;
      last = now;
    }
    looks.add(new Look(now, bytes));
    while (Duration.between(looks.getFirst().at(), now).compareTo(WINDOW) > 0) {
      looks.removeFirst();
    }
  }

  /** Returns kbit/s over the last ten seconds. */
  int kbit() {
    Duration time = Duration.between(looks.getFirst().at(), looks.getLast().at());
    long bytes = looks.getLast().bytes() - looks.getFirst().bytes();
    return time.toMillis() <= 0 ? 0 : Math.toIntExact(bytes * BITS / time.toMillis());
  }

  boolean hasCarried() {
    return carried;
  }

  /** Tells whether it carries something now. */
  boolean flows() {
    return carried && since().compareTo(SILENT_AFTER) < 0;
  }

  boolean isDead() {
    return since().compareTo(carried ? idle : first) >= 0;
  }

  /** Tells whether it has carried more than it may for long enough to be no burst. */
  boolean isTooMuch() {
    boolean lasts = Duration.between(looks.getFirst().at(), now()).compareTo(HELD) >= 0;
    return lasts && kbit() > most * TOLERANCE;
  }

  /** Returns for how long it has run. */
  Duration age() {
    return Duration.between(began, now());
  }

  /** Returns for how long it has carried nothing. */
  Duration since() {
    return Duration.between(last, now());
  }

  private Instant now() {
    return looks.getLast().at();
  }
}
