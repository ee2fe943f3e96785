package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.agent.api.ApiRig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live video from the command line, against a real API and a program that is no streamer. */
@Timeout(60)
final class VideoCommandTest {
  @TempDir private Path folder;
  private ApiRig rig;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    rig =
        new ApiRig(
            folder,
            "",
            "services: {peerstreamer: {enabled: true, program: /bin/true, dialect: classic,"
                + " p2p_ports: 28000-28009, local_ports: 28010-28099}}");
    shell = new Shell(rig.socket());
    await().until(() -> shell.run("video") == 0);
  }

  @AfterEach
  void stop() {
    shell.run("video", "stop", "tv");
    rig.close();
  }

  private String run(String... arguments) {
    assertThat(shell.run(arguments)).as(shell.err()).isZero();
    return shell.out();
  }

  @Test
  void aChannelIsJoinedShownAndStopped() {
    assertThat(run("video", "join", "127.0.0.1:9", "--as", "tv", "--kbit", "500"))
        .contains("tv begins. See how it goes with: cloudy video show tv");
    assertThat(run("video", "list")).contains("tv", "viewer", "127.0.0.1:9");
    assertThat(run("video", "show", "tv", "-o", "json")).contains("\"max_kbit\" : 500");
    assertThat(run("video", "show", "tv")).contains("from_port", "evidence");
    assertThat(run("video", "stop", "tv", "-o", "json")).contains("\"channels\" : [ ]");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(shell.run("video", "publish", "tv", "/etc/passwd")).isEqualTo(1);
    assertThat(shell.err()).contains("below a folder of which files may be published");
    assertThat(shell.run("video", "relay", "nobody", "tv")).isEqualTo(1);
    assertThat(shell.err()).contains("nobody announces no such channel");
    assertThat(shell.run("video", "stop", "tv")).isEqualTo(1);
    shell.types("rtsp://eye:s3cret@cam/a b\n");
    assertThat(shell.run("video", "publish", "tv", "-")).isEqualTo(1);
    assertThat(shell.err()).contains("The source must be a URL").doesNotContain("s3cret");
  }
}
