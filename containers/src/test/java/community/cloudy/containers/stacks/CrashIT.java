package community.cloudy.containers.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent that is killed in the middle of an update leaves nothing half done. */
final class CrashIT {
  @TempDir static Path engineFolder;
  private static Dockerd dockerd;

  @TempDir Path root;

  @BeforeAll
  static void startEngine() throws Exception {
    dockerd = Dockerd.start(engineFolder);
  }

  @AfterAll
  static void stopEngine() throws IOException {
    if (dockerd != null) {
      dockerd.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "get the images, true",
    // Killed while Compose makes the containers: it must die, too.
    "make the containers, false",
    "judge what was made, true",
    "start, false",
    "wait until it is well, true"
  })
  void anUpdateThatWasKilledIsEndedByTheNext(String step, boolean stays) throws Exception {
    try (StacksRig rig = new StacksRig(dockerd.socket(), root)) {
      rig.stacks.create("s", StacksRig.sleeper("one", ""), "ana", Progress.NONE);
    }
    killAt(step, stays ? step : "none");

    try (StacksRig rig = new StacksRig(dockerd.socket(), root)) {
      rig.stacks.restore();

      Stack stack = rig.stacks.get("s");
      assertThat(stack.applied()).isEqualTo(2);
      assertThat(stack.changed()).isFalse();
      assertThat(stack.problem()).isEmpty();
      List<String> ids = List.of(dockerd.docker("ps", "-aq").split("\n"));
      assertThat(ids).hasSize(1);
      assertThat(
              dockerd.docker(
                  "inspect", "-f", "{{.Config.Entrypoint}} {{.State.Running}}", ids.get(0)))
          .contains("two")
          .endsWith("true");
      rig.stacks.remove("s", false, Progress.NONE);
    }
  }

  private void killAt(String step, String stay) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedUpdate.class.getName(),
                dockerd.socket().toString(),
                root.toString(),
                stay)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals(step)) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo(step);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
