package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree that a build leaves behind, run as a person would. */
final class LauncherIT {
  private static final Path LAUNCHER = Path.of("target/cloudy/bin/cloudy").toAbsolutePath();

  @TempDir private Path folder;

  private record Result(int exit, String out, String err) {}

  private Result run(Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void tellsItsVersion() throws Exception {
    Result result = run(LAUNCHER, "version");

    assertThat(result.out()).matches("cloudy [0-9].*\n");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
  }

  @Test
  void findsItsJarsThroughSymbolicLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), LAUNCHER);
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("a link"));

    assertThat(run(second, "version").exit()).isZero();
    assertThat(run(link, "version").exit()).isZero();
  }

  @Test
  void passesArgumentsAndExitCodesOn() throws Exception {
    Result result =
        run(LAUNCHER, "config", "check", "--config", folder.resolve("no such file").toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("no such file: could not be read: there is no such file.");
  }

  @Test
  void saysWhatStopsTheAgentFromStarting() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    Result result =
        run(
            LAUNCHER,
            "agent",
            "--set",
            "node.data=" + file,
            "--set",
            "api.socket=",
            "--set",
            "api.listen=");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("Could not write to the state folder " + file);
  }
}
