package community.cloudy.containers.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to {@code .env} is what the real Compose reads, for any value taken. */
final class DotEnvIT {
  private static final String ALPHABET =
      "abzAZ09 $${}'\"\\#=:%&`~!*()[]<>|;,.?/@^-_+nrt\u00e9\u00e7\u20ac\u4e2d";

  @TempDir Path folder;

  @Test
  void composeReadsBackEveryValue() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    Map<String, String> values = values(new Random(7));
    StringBuilder compose = new StringBuilder("services:\n  a:\n    image: x\n    environment:\n");
    values.keySet().forEach(n -> compose.append("      " + n + ": \"${" + n + "}\"\n"));
    Files.writeString(folder.resolve("compose.yaml"), compose);
    Files.writeString(folder.resolve(".env"), DotEnv.write(values));
    JsonNode read = SchemaTest.tree(config()).at("/services/a/environment");
    Map<String, String> found = new LinkedHashMap<>();
    // What config prints is a compose file again, so it doubles each dollar.
    values.keySet().forEach(n -> found.put(n, read.get(n).asText().replace("$$", "$")));
    assertThat(found).isEqualTo(values);
  }

  @Test
  void readsBackWhatItWrote() {
    Map<String, String> values = values(new Random(8));
    String text = DotEnv.write(values);
    values.forEach((name, value) -> assertThat(DotEnv.read(text, name)).as(name).contains(value));
  }

  @Test
  void readsWhatAPersonWroteAsComposeDoes() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    String text = "A=first\nexport B = two words \nC=\nA=\"last\"\n# D=4\nF='x' \nG=a=b;c&d\n";
    Files.writeString(folder.resolve(".env"), text);
    Files.writeString(
        folder.resolve("compose.yaml"),
        "services: {a: {image: x, environment: {A: '${A}', B: '${B}', C: '${C}', D: '${D}', F: '${F}',"
            + " G: '${G}'}}}");

    JsonNode read = SchemaTest.tree(config()).at("/services/a/environment");

    for (String name : List.of("A", "B", "C", "D", "F", "G")) {
      assertThat(DotEnv.read(text, name).orElse("")).as(name).isEqualTo(read.get(name).asText());
    }
  }

  private static Map<String, String> values(Random random) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("EMPTY", "");
    values.put("QUOTES", "\"'\"'");
    values.put("SLASHES", "\\\\\\n\\'\\\"\\.");
    values.put("SPACES", "  # no comment ");
    for (int i = 0; values.size() < 400; i++) {
      String name = "V" + i;
      StringBuilder value = new StringBuilder();
      random
          .ints(random.nextInt(12), 0, ALPHABET.length())
          .forEach(c -> value.append(ALPHABET.charAt(c)));
      // One that is refused proves nothing here.
      checked(value.toString()).ifPresent(text -> values.put(name, text));
    }
    return values;
  }

  private static Optional<String> checked(String value) {
    try {
      return Optional.of(DotEnv.checked(value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String config() throws IOException, InterruptedException {
    Process compose =
        new ProcessBuilder("/usr/bin/docker-compose", "-f", "compose.yaml", "config")
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      String out = new String(compose.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(compose.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(compose.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
      return out;
    } finally {
      compose.destroyForcibly();
    }
  }
}
