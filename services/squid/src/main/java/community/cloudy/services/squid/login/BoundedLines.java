package community.cloudy.services.squid.login;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines that have an end to their length. */
final class BoundedLines {
  /** Bytes of a line that are looked at. */
  static final int MAX = 8192;

  private final InputStream in;
  private final byte[] buffer = new byte[2 * MAX];
  private int from;
  private int to;

  /**
   * A line.
   *
   * @param text without its end; the first {@link #MAX} bytes if it is longer
   * @param whole whether that is all of it
   */
  record Line(String text, boolean whole) {}

  BoundedLines(InputStream in) {
    this.in = in;
  }

  /** Returns the next line; empty at the end, and for what has no end of line. */
  Optional<Line> next() throws IOException {
    byte[] kept = new byte[0];
    boolean whole = true;
    while (true) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      int room = Math.min(end - from, MAX - kept.length);
      whole &= room == end - from;
      byte[] more = Arrays.copyOf(kept, kept.length + room);
      System.arraycopy(buffer, from, more, kept.length, room);
      kept = more;
      if (end < to) {
        from = end + 1;
        return Optional.of(new Line(new String(kept, StandardCharsets.UTF_8), whole));
      }
      from = 0;
      to = in.read(buffer);
      if (to < 0) {
        to = 0;
        return Optional.empty();
      }
    }
  }
}
