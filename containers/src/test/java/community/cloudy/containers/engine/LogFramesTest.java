package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFramesTest {
  private static final String TIME = "2026-11-24T10:00:00.000000001Z";

  private final List<LogLine> lines = new ArrayList<>();
  private final LogFrames frames = new LogFrames(lines::add);

  private void hear(StreamType stream, String text) {
    frames.next(new Frame(stream, text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void keepsTheStreamsApart() {
    hear(StreamType.STDOUT, TIME + " out\n");
    hear(StreamType.STDERR, TIME + " err\n");
    assertThat(lines)
        .containsExactly(
            new LogLine(Instant.parse(TIME), LogLine.Stream.STDOUT, "out"),
            new LogLine(Instant.parse(TIME), LogLine.Stream.STDERR, "err"));
  }

  @Test
  void findsTheLinesOfATerminalInWhateverPieces() {
    hear(StreamType.RAW, TIME + " fi");
    hear(StreamType.RAW, "rst\r\n" + TIME + " second");
    frames.end();
    assertThat(lines).extracting(LogLine::text).containsExactly("first", "second");
  }

  @Test
  void cutsALineWithoutEnd() {
    hear(StreamType.RAW, "x".repeat(3 * LogLine.MAX_LENGTH));
    hear(StreamType.STDOUT, TIME + " " + "y".repeat(LogLine.MAX_LENGTH + 1));
    frames.end();
    assertThat(lines).hasSize(5).allMatch(line -> line.text().length() <= LogLine.MAX_LENGTH);
  }

  @Test
  void keepsAnEmptyLine() {
    hear(StreamType.STDOUT, TIME + " \n");
    assertThat(lines).extracting(LogLine::text).containsExactly("");
  }
}
