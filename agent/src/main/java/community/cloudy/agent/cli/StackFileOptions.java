package community.cloudy.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The files a stack is made of, on this machine. */
final class StackFileOptions {
  private static final int MAX_FILE = 512 * 1024;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The Compose file (default: ${DEFAULT-VALUE}); - reads it from the input.")
  private String compose = "compose.yaml";

  @Option(names = "--env", paramLabel = "FILE", description = "A file of variables: its .env.")
  private Optional<Path> env = Optional.empty();

  @Option(
      names = "--with",
      paramLabel = "PATH=FILE",
      description =
          "Another file, and its path in the stack's folder, such as secrets/password=pw.txt. May be"
              + " repeated.")
  private Map<String, Path> others = new LinkedHashMap<>();

  /** Returns the body of a request with the files' texts. */
  ObjectNode read(InputStream in) {
    ObjectNode body = Json.object();
    ObjectNode files = body.putObject("files");
    files.put("compose.yaml", compose.equals("-") ? text(in) : text(Path.of(compose)));
    env.ifPresent(file -> files.put(".env", text(file)));
    others.forEach((path, file) -> files.put(path, text(file)));
    return body;
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return text(in);
    } catch (IOException e) {
      throw new CliException(
          Cloudy.FAILED, "Could not read " + file + ": " + e.getMessage() + ". Check the path.");
    }
  }

  private static String text(InputStream in) {
    try {
      byte[] bytes = in.readNBytes(MAX_FILE + 1);
      if (bytes.length > MAX_FILE) {
        throw new CliException(Cloudy.FAILED, "A file of a stack has at most 512 kB. Shorten it.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CliException(
          Cloudy.FAILED, "Could not read the Compose file: " + e.getMessage() + ".");
    }
  }
}
