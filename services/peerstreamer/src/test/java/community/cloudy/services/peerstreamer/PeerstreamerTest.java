package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.TestCatalogue;
import community.cloudy.services.spi.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerstreamerTest {
  @TempDir private Path folder;

  private Node node(String settings) throws IOException {
    return new Node("attic", 26_000, folder, RunMode.PROCESS, new TestCatalogue(), settings);
  }

  @Test
  void aMissingStreamerIsNamedWithTheWayToGetOne() throws IOException {
    try (Node node = node(", 'program': '/nowhere/streamer'")) {
      var status = node.peerstreamer().status();
      assertThat(status.health().state()).isEqualTo(Health.State.FAILING);
      assertThat(status.health().evidence()).isEqualTo("missing: /nowhere/streamer");
      assertThat(status.facts().get("missing"))
          .contains("is not in Debian: build it from https://github.com/netCommonsEU/PeerStreamer");
      assertThat(node.list().path("missing").asText()).contains("/nowhere/streamer is not there");
      for (String path : List.of("/join", "/relay")) {
        assertThatThrownBy(() -> node.post(path, "{'address': '10.1.2.3', 'port': 6200}"))
            .hasMessageContaining("/nowhere/streamer is not there");
      }
    }
  }

  @Test
  void whatIsMissingToReadASourceOrToShowItIsNamed() throws IOException {
    String settings = ", 'program': '/bin/true', 'dialect': 'classic', 'ffmpeg': '/no/ffmpeg'";
    try (Node node = node(settings + ", 'vlc': '/no/vlc'")) {
      Path film = Files.writeString(node.media().resolve("film.ts"), "film");
      assertThatThrownBy(
              () -> node.post("/publish", "{'channel': 'x', 'source': 'file:%s'}".formatted(film)))
          .hasMessageContaining("Neither /no/ffmpeg nor /no/vlc is there")
          .hasMessageContaining("apt install ffmpeg");
      node.post("/join", "{'address': '10.1.2.3', 'port': 6200, 'channel': 'tv'}");
      assertThatThrownBy(() -> node.hls("tv", "index.m3u8"))
          .hasMessage(
              "HLS needs ffmpeg, and /no/ffmpeg is not there. Install it: apt install ffmpeg");
      assertThat(node.peerstreamer().status().facts()).containsKey("hls");
    }
  }

  @Test
  void badSourcesAndPlacesAreRefusedAndNothingIsKept() throws IOException {
    try (Node node = node(", 'program': '/bin/true', 'dialect': 'classic'")) {
      for (String source :
          List.of("-i", "concat:a|b", "file:/etc/passwd", "device:/dev/video0", "udp://x")) {
        assertThatThrownBy(
                () -> node.post("/publish", "{'channel': 'x', 'source': '%s'}".formatted(source)))
            .as(source)
            .hasMessageMatching("(The source must|There is no file|The device).*");
      }
      assertThatThrownBy(() -> node.post("/join", "{'address': '224.0.0.1', 'port': 6200}"))
          .hasMessageContaining("The address must be an IPv4 address of one node");
      assertThatThrownBy(() -> node.post("/join", "{'address': '10.1.2.3', 'port': '6200'}"))
          .hasMessageContaining("port must be a whole number");
      assertThatThrownBy(() -> node.post("/join", "{'node': 'nobody'}"))
          .hasMessageContaining("nobody announces no such channel");
      assertThat(node.list().path("channels")).isEmpty();
      node.post("/join", "{'address': '10.1.2.3', 'port': 6200, 'channel': 'tv'}");
      assertThatThrownBy(() -> node.post("/join", "{'address': '10.1.2.3', 'port': 6200}"))
          .hasMessageContaining("The channel tv is that one already");
      assertThatThrownBy(() -> node.get("other")).hasMessageContaining("There is no channel");
    }
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefused() {
    for (String json :
        List.of(
            "{\"p2p_ports\": \"7000-7999\", \"local_ports\": \"7999-8100\"}",
            "{\"p2p_ports\": \"80-90\"}",
            "{\"p2p_ports\": \"7000\"}",
            "{\"idle_timeout\": \"1s\"}",
            "{\"max_kbit\": 1000}",
            "{\"address\": \"http://10.1.2.3:3000\"}",
            "{\"network_interface\": \"-x\"}")) {
      assertThatThrownBy(() -> Node.bound(json)).as(json).isInstanceOf(SettingsException.class);
    }
  }
}
