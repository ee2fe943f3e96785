package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.Dockerd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs what stands in {@code dashboard/e2e}: Chromium on the pages of a real community. */
@Timeout(600)
final class DashboardIT {
  @TempDir private Path folder;

  @Test
  void theDashboardDoesInChromiumWhatItsOwnTestsSay() throws Exception {
    assumeTrue(Files.isExecutable(Chromium.PROGRAM), "needs chromium at " + Chromium.PROGRAM);
    Path output = folder.resolve("output");

    try (Dockerd dockerd = Dockerd.start(folder)) {
      ProcessBuilder tests =
          new ProcessBuilder("npm", "run", "--silent", "e2e")
              .directory(Path.of("dashboard").toAbsolutePath().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      tests.environment().put("CLOUDY_ENGINE", dockerd.host());
      tests.environment().put("CLOUDY_IMAGE", Dockerd.BUSYBOX);
      Process run = tests.start();

      assertThat(run.waitFor(550, TimeUnit.SECONDS)).as("the tests end").isTrue();
      assertThat(run.exitValue()).as(Files.readString(output)).isZero();
    }
  }
}
