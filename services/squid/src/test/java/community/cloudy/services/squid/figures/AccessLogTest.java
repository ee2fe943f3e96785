package community.cloudy.services.squid.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogTest {
  @TempDir Path folder;

  @Test
  void addsUpWhatIsNewAndGoesOnWithALogBegunAnew() throws IOException {
    Path file = folder.resolve("access.log");
    AccessLog log = new AccessLog(file);
    log.read();
    Files.writeString(file, "1795547216 TCP_MISS/200 702\n1795547216 TCP_MEM_HIT/200 70");
    log.read();
    assertThat(log.all()).isEqualTo(new Traffic(1, 0, 0, 702));

    Files.writeString(file, "0\nnonsense\n1 TCP_DENIED/407 5\n", StandardOpenOption.APPEND);
    log.read();
    assertThat(log.all()).isEqualTo(new Traffic(3, 1, 1, 1407));
    assertThat(log.all().hitRatio()).isEqualTo(0.5);

    Files.move(file, folder.resolve("access.log.0"));
    Files.writeString(file, "2 TCP_HIT/200 1 maria 10.1.2.3 example.org\n");
    log.read();
    log.read();
    assertThat(log.all().requests()).isEqualTo(4);
    assertThat(log.people(5)).containsOnlyKeys("maria");
    assertThat(log.sites(5)).containsEntry("example.org", new Traffic(1, 1, 0, 1));
  }

  @Test
  void keepsABoundedNumberOfNames() throws IOException {
    Path file = folder.resolve("access.log");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append("2 TCP_MISS/200 1 p").append(i).append(" 10.1.2.3 s").append(i).append('\n');
    }
    Files.writeString(file, text);
    AccessLog log = new AccessLog(file);
    log.read();

    assertThat(log.people(10_000)).hasSize(1001);
    assertThat(log.people(1)).containsEntry("(others)", new Traffic(2000, 0, 0, 2000));
  }

  @Test
  void readsTheCountersOfAReport() {
    assertThat(
            Reports.counters(
                """
                sample_time = 1795547213.749913 (Tue, 24)
                client_http.requests = 6
                cpu_time = 0.25
                x = y
                """))
        .containsOnlyKeys("client_http.requests", "cpu_time")
        .containsEntry("cpu_time", 0.25);
  }
}
