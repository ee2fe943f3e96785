package community.cloudy.gossip.discovery.health;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The one moment by which all steps of a check must be done. */
final class Deadline {
  private final long start = System.nanoTime();
  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  static Deadline after(Duration timeout) {
    return new Deadline(timeout.toNanos());
  }

  /**
   * Returns the milliseconds left, at least 1, for a socket's timeout.
   *
   * @throws SocketTimeoutException if none are left
   */
  int leftMillis() throws SocketTimeoutException {
    long left = nanos - (System.nanoTime() - start);
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) (left / 1_000_000 + 1);
  }

  /** Returns how much time has gone, for people. */
  String spent() {
    return text(Duration.ofNanos(System.nanoTime() - start));
  }

  /** Returns {@code 12 ms}, {@code 5 s} or {@code 1.5 s}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    long tenths = millis / 100;
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
  }
}
