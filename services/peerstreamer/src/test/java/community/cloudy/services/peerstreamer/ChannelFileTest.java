package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.peerstreamer.Channel.Kind;
import community.cloudy.services.peerstreamer.Channel.Peer;
import community.cloudy.services.peerstreamer.Channel.Ports;
import community.cloudy.services.spi.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChannelFileTest {
  @TempDir private Path folder;

  private static Channel source(String id, String title) {
    return new Channel(
        id,
        Kind.SOURCE,
        title,
        Optional.of(new Source("rtsp://eye:s3cret@cam/live")),
        Optional.empty(),
        500,
        new Ports(1, 2, 3, 4));
  }

  private static Peer peer(String address) {
    return new Peer(address, 6200, "attic");
  }

  @Test
  void channelsAreReadAsTheyWereWrittenByTheAgentAlone() throws IOException {
    ChannelFile file = new ChannelFile(folder.resolve("channels.json"));
    assertThat(file.read()).isEmpty();
    Channel relay =
        new Channel(
            "tv",
            Kind.RELAY,
            "TV \"à\" 'b'",
            Optional.empty(),
            Optional.of(peer("10.1.2.3")),
            400,
            new Ports(5, 6, 7, 8));
    file.write(List.of(source("cam", "Camera"), relay));
    assertThat(file.read()).containsExactly(source("cam", "Camera"), relay);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void aBrokenFileIsNamedAndNotShown() throws IOException {
    ChannelFile file = new ChannelFile(folder.resolve("channels.json"));
    for (String text :
        List.of("{", "{\"channels\": [{\"id\": \"s3cret/\"}]}", "x".repeat(300_000))) {
      Files.writeString(file.path(), text);
      assertThatThrownBy(file::read)
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("Mend the file or delete it")
          .message()
          .doesNotContain("s3cret");
    }
  }

  @Test
  void idsTitlesAndAddressesAreChecked() {
    for (String id : List.of("", "-x", "X", "a b", "a/b", "..", "x".repeat(28))) {
      assertThatThrownBy(() -> source(id, "t")).as(id).hasMessageStartingWith("channel must");
    }
    for (String title : List.of("", "<b>", "a\nb", "x".repeat(65))) {
      assertThatThrownBy(() -> source("x", title)).hasMessageStartingWith("title must");
    }
    for (String address :
        List.of("host", "0.0.0.0", "224.0.0.1", "255.255.255.255", "1.2.3.256", "::1", "-i")) {
      assertThatThrownBy(() -> peer(address)).as(address).hasMessageStartingWith("address must");
    }
    assertThat(source("cam", "Camera").toString()).doesNotContain("s3cret");
  }
}
