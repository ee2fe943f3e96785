package community.cloudy.gossip.serf.rpc;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Remembers the last lines of this process's log, in Serf's form, and passes on new ones. */
final class LogRing extends Handler {
  private static final int LINES = 512;
  private static final int LONGEST = 4096;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneId.systemDefault());

  // The logging system holds its loggers weakly, and with them their handlers.
  private final Logger logger = Logger.getLogger("community.cloudy");
  private final Formatter formatter = new SimpleFormatter();
  private final Deque<Line> lines = new ArrayDeque<>();
  private final List<Consumer<Line>> listeners = new ArrayList<>();

  /** Serf's levels, least important first. */
  enum Severity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERR;

    static Optional<Severity> named(String name) {
      return List.of(values()).stream().filter(level -> level.name().equals(name)).findFirst();
    }

    private static Severity of(Level level) {
      int value = level.intValue();
      if (value >= Level.WARNING.intValue()) {
        return value >= Level.SEVERE.intValue() ? ERR : WARN;
      }
      if (value >= Level.INFO.intValue()) {
        return INFO;
      }
      return value >= Level.FINE.intValue() ? DEBUG : TRACE;
    }
  }

  /**
   * A line of the log.
   *
   * @param severity how important it is
   * @param text all of it, without a newline
   */
  record Line(Severity severity, String text) {}

  /** Starts to collect. */
  static LogRing install() {
    LogRing ring = new LogRing();
    ring.logger.addHandler(ring);
    return ring;
  }

  @Override
  public void publish(LogRecord entry) {
    Line line = line(entry);
    synchronized (this) {
      if (lines.size() == LINES) {
        lines.remove();
      }
      lines.add(line);
      listeners.forEach(listener -> listener.accept(line));
    }
  }

  private Line line(LogRecord entry) {
    Severity severity = Severity.of(entry.getLevel());
    String source = String.valueOf(entry.getLoggerName());
    StringBuilder text = new StringBuilder(TIME.format(Instant.ofEpochMilli(entry.getMillis())));
    text.append(" [").append(severity).append("] ");
    text.append(source.substring(source.lastIndexOf('.') + 1)).append(": ");
    text.append(formatter.formatMessage(entry));
    if (entry.getThrown() != null) {
      text.append(": ").append(entry.getThrown());
    }
    text.setLength(Math.min(text.length(), LONGEST));
    return new Line(severity, text.toString().replaceAll("\\R", " "));
  }

  /** Passes on new lines to {@code listener}, which must return at once, after the old ones. */
  synchronized List<Line> listen(Consumer<Line> listener) {
    listeners.add(listener);
    return List.copyOf(lines);
  }

  synchronized void forget(Consumer<Line> listener) {
    listeners.remove(listener);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
