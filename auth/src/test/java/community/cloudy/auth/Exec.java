package community.cloudy.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Exec {
  private Exec() {}

  /** Runs {@code command} in {@code folder}; fails with what it printed if it does not succeed. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(List.of(command) + " does not end");
    }
    String text = Files.readString(out);
    if (process.exitValue() != 0) {
      throw new IOException(List.of(command) + ": " + text);
    }
    return text;
  }
}
