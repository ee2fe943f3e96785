package community.cloudy.containers.engine;

import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Makes lines of a log's frames. Without a terminal each frame is a line, or a piece of one, with
 * its time before it; with one, frames are cut anywhere, and so are lines found in them.
 */
final class LogFrames {
  private final Consumer<LogLine> lines;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Instant last = Instant.EPOCH;

  LogFrames(Consumer<LogLine> lines) {
    this.lines = lines;
  }

  void next(Frame frame) {
    byte[] bytes = frame.getPayload();
    switch (frame.getStreamType()) {
      case STDERR -> message(bytes, LogLine.Stream.STDERR);
      case STDOUT, STDIN -> message(bytes, LogLine.Stream.STDOUT);
      case RAW -> terminal(bytes);
    }
  }

  /** Gives out what is left without an end of line. */
  void end() {
    if (pending.size() > 0) {
      message(pending.toByteArray(), LogLine.Stream.STDOUT);
      pending.reset();
    }
  }

  private void terminal(byte[] bytes) {
    for (byte next : bytes) {
      if (next == '\n' || pending.size() >= LogLine.MAX_LENGTH) {
        end();
      }
      if (next != '\n') {
        pending.write(next);
      }
    }
  }

  private void message(byte[] bytes, LogLine.Stream stream) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    if (space > 0) {
      try {
        last = Instant.parse(text.substring(0, space));
        text = text.substring(space + 1);
      } catch (DateTimeException e) {
        // A further piece of a line of a terminal: it has no time of its own.
      }
    }
    give(stream, text);
  }

  private void give(LogLine.Stream stream, String text) {
    String line = withoutEnd(text);
    int from = 0;
    do {
      int to = Math.min(line.length(), from + LogLine.MAX_LENGTH);
      lines.accept(new LogLine(last, stream, line.substring(from, to)));
      from = to;
    } while (from < line.length());
  }

  private static String withoutEnd(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
