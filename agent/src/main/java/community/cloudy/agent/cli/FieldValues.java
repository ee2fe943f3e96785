package community.cloudy.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of a form from a file, since what stands on a command line everybody can see. */
final class FieldValues {
  private static final int MAX_BYTES = 64 * 1024;

  private FieldValues() {}

  /** Reads lines of {@code FIELD=VALUE}; {@code -} is {@code standard}. */
  static Map<String, String> read(String file, InputStream standard) {
    try {
      if (file.equals("-")) {
        return parse(standard);
      }
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        return parse(in);
      }
    } catch (IOException e) {
      throw new CliException(Cloudy.FAILED, "Could not read the values: " + e.getMessage() + ".");
    }
  }

  private static Map<String, String> parse(InputStream in) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (!line.isBlank()) {
        throw new CliException(
            Cloudy.WRONG_USE, "Each line of the values must be FIELD=VALUE; one is not.");
      }
    }
    return values;
  }
}
