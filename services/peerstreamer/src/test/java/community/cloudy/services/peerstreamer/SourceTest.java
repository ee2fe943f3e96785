package community.cloudy.services.peerstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceTest {
  @Test
  void takesFilesDevicesAndUrls() {
    for (String text :
        List.of(
            "rtsp://10.1.2.3/live",
            "http://cam.example:8080/video.ts?size=2",
            "https://cam.example/live/index.m3u8",
            "udp://239.1.2.3:5000",
            "device:/dev/video0")) {
      assertThat(new Source(text).text()).isEqualTo(text);
    }
    assertThat(new Source("file:///srv/My film.ts").path()).isEqualTo(Path.of("/srv/My film.ts"));
    assertThat(new Source("file:/srv/../etc/x").path()).isEqualTo(Path.of("/etc/x"));
  }

  @Test
  void refusesWhatAProgramCouldTakeForSomethingElse() {
    for (String text :
        List.of(
            "-i /etc/passwd",
            "concat:/etc/passwd|/etc/group",
            "ftp://host/x",
            "rtmp://host/x",
            "pipe:0",
            "lavfi:testsrc",
            "file:etc/passwd",
            "file:-x",
            "/srv/film.ts",
            "http:///x",
            "http://host/it's",
            "http://host/a b",
            "http://host:70000/",
            "http://host/x#y",
            "rtsp://höst/x",
            "udp://239.1.2.3",
            "udp://239.1.2.3:5000?sources=1.2.3.4",
            "http://host/\nfile /etc/passwd",
            "http://host/" + "x".repeat(1020))) {
      assertThatThrownBy(() -> new Source(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("must ");
    }
  }

  @Test
  void showsNeitherLoginNorQuery() {
    assertThat(new Source("rtsp://eye:s3cret@cam:554/a?token=t0ken"))
        .hasToString("rtsp://***@cam:554/a?***");
    assertThatThrownBy(() -> new Source("rtsp://eye:s3cret@cam/a b"))
        .message()
        .doesNotContain("s3cret");
    assertThat(new Source("http://cam/live").isSecret()).isFalse();
  }
}
