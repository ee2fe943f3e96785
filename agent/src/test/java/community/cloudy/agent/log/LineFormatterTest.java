package community.cloudy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LineFormatterTest {
  private static LogRecord event(Level level, String message) {
    LogRecord event = new LogRecord(level, message);
    event.setInstant(Instant.parse("2026-11-23T09:00:00.123456Z"));
    event.setLoggerName("community.cloudy.agent.Agent");
    return event;
  }

  @Test
  void writesTimeLevelAndLogger() {
    assertThat(new LineFormatter(false).format(event(Level.INFO, "Started name=attic")))
        .isEqualTo("2026-11-23T09:00:00.123Z info Agent: Started name=attic\n");
  }

  @Test
  void writesTheJournalsPriority() {
    LineFormatter formatter = new LineFormatter(true);

    assertThat(formatter.format(event(Level.SEVERE, "x"))).isEqualTo("<3>Agent: x\n");
    assertThat(formatter.format(event(Level.WARNING, "x"))).startsWith("<4>");
    assertThat(formatter.format(event(Level.INFO, "x"))).startsWith("<6>");
    assertThat(formatter.format(event(Level.FINE, "x"))).startsWith("<7>");
  }

  @Test
  void staysOnOneLineWhateverTheMessageHolds() {
    LogRecord event = event(Level.INFO, "name=evil\n<3>forged \u001b[31m");
    event.setThrown(new IllegalStateException("two\nlines", new RuntimeException("cause")));

    String line = new LineFormatter(true).format(event);

    assertThat(line.strip()).doesNotContain("\n").doesNotContain("\u001b");
    assertThat(line).contains("two").contains("RuntimeException: cause").endsWith("\n");
  }

  @Test
  void boundsTheLine() {
    assertThat(new LineFormatter(true).format(event(Level.INFO, "x".repeat(100_000))))
        .hasSizeLessThan(4_100);
  }
}
