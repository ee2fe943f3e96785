package community.cloudy.agent.log;

import community.cloudy.agent.text.Printable;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Formats one event as one line. For the journal: {@code <6>logger: message}, the number being
 * syslog's severity. For people: {@code time level logger: message}.
 */
final class LineFormatter extends Formatter {
  private static final int MAX_LENGTH = 4_000;
  private static final int MAX_FRAMES = 8;

  private final boolean journal;

  LineFormatter(boolean journal) {
    this.journal = journal;
  }

  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder(160);
    Severity severity = Severity.of(event.getLevel());
    if (journal) {
      line.append('<').append(severity.number).append('>');
    } else {
      line.append(event.getInstant().truncatedTo(ChronoUnit.MILLIS)).append(' ');
      line.append(severity.word).append(' ');
    }
    line.append(shortName(event.getLoggerName())).append(": ").append(formatMessage(event));
    appendFailure(line, event.getThrown());
    if (line.length() > MAX_LENGTH) {
      line.setLength(MAX_LENGTH);
      line.append('…');
    }
    return Printable.of(line.toString()) + '\n';
  }

  private static void appendFailure(StringBuilder line, @Nullable Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      line.append(" cause=").append(t);
      StackTraceElement[] frames = t.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        line.append(i == 0 ? " at " : " < ").append(frames[i]);
      }
    }
  }

  private static String shortName(@Nullable String logger) {
    if (logger == null) {
      return "?";
    }
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private enum Severity {
    ERROR(3, "error"),
    WARN(4, "warn"),
    INFO(6, "info"),
    DEBUG(7, "debug");

    private final int number;
    private final String word;

    Severity(int number, String word) {
      this.number = number;
      this.word = word;
    }

    static Severity of(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return ERROR;
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return WARN;
      }
      return level.intValue() >= Level.INFO.intValue() ? INFO : DEBUG;
    }
  }
}
