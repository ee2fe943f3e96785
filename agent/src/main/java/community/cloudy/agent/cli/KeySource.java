package community.cloudy.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where a key comes from: the best is a file or standard input, for others can read arguments. */
final class KeySource {
  private static final int MAX_BYTES = 1024;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Reads the key from a file, such as cloudy keygen makes.")
  private Optional<Path> file = Optional.empty();

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY",
      description = {
        "The key in base64; without it and --file, it is read from standard input.",
        "Beware: whoever runs ps on this machine sees it here. Use a file or standard input."
      })
  private Optional<String> key = Optional.empty();

  /**
   * Returns the key.
   *
   * @param in standard input
   * @throws CliException if there is none
   */
  String read(InputStream in) {
    if (file.isPresent() && key.isPresent()) {
      throw new CliException(Cloudy.WRONG_USE, "Give the key or --file, not both.");
    }
    try {
      String read = key.isPresent() ? key.get() : file.isPresent() ? read(file.get()) : text(in);
      if (read.isEmpty()) {
        throw new CliException(Cloudy.WRONG_USE, "There is no key. Make one with cloudy keygen.");
      }
      return read;
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not read the key: " + e.getMessage() + ".");
    }
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return text(in);
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
  }
}
