package community.cloudy.containers.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end: by its arguments, in an environment of its own, with an end to its
 * output and its time. It leads a process group, which is killed as a whole, and dies with this
 * process.
 */
public final class Command {
  private static final List<String> LEAD_AND_FOLLOW =
      List.of("setsid", "setpriv", "--pdeathsig", "KILL");
  private static final Path NOTHING = Path.of("/dev/null");

  private Command() {}

  /**
   * How it ended.
   *
   * @param output the end of standard output
   * @param whole whether that is all of it
   * @param errors the end of standard error
   */
  public record Result(int exit, String output, boolean whole, String errors) {
    /** Tells whether it ended with 0. */
    public boolean succeeded() {
      return exit == 0;
    }
  }

  /**
   * Runs {@code argv} and waits for its end.
   *
   * @param environment all that it gets of one
   * @param folder in which it runs
   * @param atMost after which it is killed
   * @param limit bytes kept of each stream
   * @throws IOException if it cannot be started, or its time was over
   */
  public static Result run(
      List<String> argv, Map<String, String> environment, Path folder, Duration atMost, int limit)
      throws IOException {
    return run(argv, environment, folder, NOTHING, atMost, limit);
  }

  /**
   * Runs {@code argv} with a file as its standard input; the rest is as above.
   *
   * @param input what it reads
   */
  public static Result run(
      List<String> argv,
      Map<String, String> environment,
      Path folder,
      Path input,
      Duration atMost,
      int limit)
      throws IOException {
    List<String> whole = new ArrayList<>(LEAD_AND_FOLLOW);
    whole.addAll(argv);
    ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(input.toFile()));
    Process process = builder.start();
    CompletableFuture<Text> output = reading(process.getInputStream(), limit, "stdout");
    CompletableFuture<Text> errors = reading(process.getErrorStream(), limit, "stderr");
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it did not end within " + atMost.toSeconds() + " s");
      }
      Text said = output.join();
      return new Result(process.exitValue(), said.end(), said.whole(), errors.join().end());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } finally {
      if (process.isAlive()) {
        kill(process);
      }
    }
  }

  /** The signal goes to the group by the only program there is for it. */
  private static void kill(Process process) {
    try {
      new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid()).start().waitFor();
    } catch (IOException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private static CompletableFuture<Text> reading(InputStream in, int limit, String name) {
    CompletableFuture<Text> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (in) {
                result.complete(end(in, limit));
              } catch (IOException | UncheckedIOException e) {
                result.complete(new Text("", false));
              }
            },
            "command-" + name);
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  /** The last bytes of a stream, and whether there were no others. */
  private record Text(String end, boolean whole) {}

  private static Text end(InputStream in, int limit) throws IOException {
    byte[] kept = new byte[2 * limit];
    int length = 0;
    int read;
    boolean whole = true;
    while ((read = in.read(kept, length, kept.length - length)) >= 0) {
      length += read;
      if (length == kept.length) {
        System.arraycopy(kept, limit, kept, 0, limit);
        length = limit;
        whole = false;
      }
    }
    int from = Math.max(0, length - limit);
    String text = new String(Arrays.copyOfRange(kept, from, length), StandardCharsets.UTF_8);
    return new Text(text, whole && from == 0);
  }
}
