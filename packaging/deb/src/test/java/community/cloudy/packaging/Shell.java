package community.cloudy.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a program printed.
 *
 * @param exit its code
 * @param out on standard output
 * @param err on standard error
 */
record Shell(int exit, String out, String err) {
  static Shell run(String... argv) throws IOException, InterruptedException {
    Path err = Files.createTempFile("cloudy", "err");
    try {
      Process process = new ProcessBuilder(argv).redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Shell(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  String all() {
    return out + err;
  }
}
