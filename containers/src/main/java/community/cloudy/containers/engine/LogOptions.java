package community.cloudy.containers.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of a log are wanted.
 *
 * @param follow whether to go on with those yet to be written, also when the container is started
 *     again, until it is removed or the stream is closed
 * @param since none from before
 * @param tail at most that many of those written already; 0 or more
 * @param stdout whether those of standard output
 * @param stderr whether those of standard error
 */
public record LogOptions(
    boolean follow, Optional<Instant> since, int tail, boolean stdout, boolean stderr) {
  /** The largest tail. */
  public static final int MAX_TAIL = 100_000;

  /** Checks the tail and that something is wanted. */
  public LogOptions {
    if (tail < 0 || tail > MAX_TAIL) {
      throw Names.invalid("log's tail", "must be from 0 to " + MAX_TAIL);
    }
    if (!stdout && !stderr) {
      throw Names.invalid("log's streams", "must be stdout, stderr or both");
    }
  }

  /** Returns the last {@code tail} lines of both streams. */
  public static LogOptions tail(int tail) {
    return new LogOptions(false, Optional.empty(), tail, true, true);
  }

  /** Returns the last {@code tail} lines of both streams and all that follow. */
  public static LogOptions follow(int tail) {
    return new LogOptions(true, Optional.empty(), tail, true, true);
  }
}
