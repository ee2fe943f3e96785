package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class EventReaderTest {
  private static EventReader reader(String text) {
    return new EventReader(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "before");
  }

  @Test
  void readsEventsAndKeepsTheId() throws IOException {
    EventReader reader =
        reader("retry: 1\nid: 1\n\n: alive\n\nevent: user\ndata:{é}\nid: 2\n\ndata: x\n\nid:3\n");

    assertThat(reader.next()).contains(new ServerEvent("1", "message", ""));
    assertThat(reader.next()).contains(new ServerEvent("1", "message", ""));
    assertThat(reader.next()).contains(new ServerEvent("2", "user", "{é}"));
    assertThat(reader.next()).contains(new ServerEvent("2", "message", "x"));
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void resumesWithTheIdItIsGiven() throws IOException {
    assertThat(reader(":\n\n").next()).contains(new ServerEvent("before", "message", ""));
  }

  @Test
  void joinsLinesOfData() throws IOException {
    assertThat(reader("data: a\r\ndata\r\ndata:  b\r\n\r\n").next())
        .contains(new ServerEvent("before", "message", "a\n\n b"));
  }

  @Test
  void boundsEvents() {
    assertThatThrownBy(() -> reader("data: " + "x".repeat(1 << 20)).next())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader(("data: " + "x".repeat(1_000) + "\n").repeat(1_100)).next())
        .hasMessageContaining("too large");
  }
}
