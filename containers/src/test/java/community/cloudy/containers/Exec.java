package community.cloudy.containers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
public final class Exec {
  private Exec() {}

  /** Runs {@code command}; fails with what it printed if it does not succeed. */
  public static String run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  /** Runs {@code command}; fails with what it printed if it does not succeed. */
  public static String run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", "");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " does not end");
      }
      String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(command + ": " + text);
      }
      return text.strip();
    } finally {
      Files.delete(out);
    }
  }
}
