package community.cloudy.containers.engine;

import java.time.Instant;

/**
 * A line that a container wrote.
 *
 * @param at when
 * @param stream where to; a container with a terminal has but one
 * @param text the line without its end, as it was written: not safe to print. A line longer than
 *     {@value #MAX_LENGTH} bytes comes in pieces
 */
public record LogLine(Instant at, Stream stream, String text) {
  /** Bytes of a line at most. */
  public static final int MAX_LENGTH = 16 * 1024;

  /** Where a program writes. */
  public enum Stream {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR
  }
}
