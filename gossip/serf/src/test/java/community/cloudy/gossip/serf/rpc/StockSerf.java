package community.cloudy.gossip.serf.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The stock serf program, as a client or an agent. */
final class StockSerf implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/bin/serf");

  private final Process process;
  private final Path output;

  private StockSerf(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** What a command printed and how it ended. */
  record Outcome(int status, String output) {}

  /** Starts serf in the background. */
  static StockSerf start(Path directory, List<String> arguments) {
    try {
      List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
      command.addAll(arguments);
      Path output = Files.createTempFile(directory, "serf", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new StockSerf(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  static Outcome run(Path directory, List<String> arguments) {
    try (StockSerf serf = start(directory, arguments)) {
      return serf.await();
    }
  }

  Outcome await() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("serf does not end; it printed: " + output());
      }
      return new Outcome(process.exitValue(), output());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to stop, as Ctrl-C does. */
  void interrupt() {
    run("kill", "-INT", String.valueOf(process.pid()));
  }

  private static void run(String... command) {
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
