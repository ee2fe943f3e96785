package community.cloudy.gossip.discovery.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that old nodes pipe the tag through, each run as they do. */
final class LegacyPipelineIT {
  @TempDir private Path folder;

  @BeforeEach
  void needs() {
    for (String program : List.of("bzip2", "bunzip2", "base64", "jq")) {
      boolean found =
          List.of("/usr/bin/", "/bin/").stream()
              .anyMatch(place -> Files.isExecutable(Path.of(place + program)));
      assumeTrue(found, "needs " + program);
    }
  }

  private byte[] piped(byte[] input, String... command) throws Exception {
    Path in = Files.write(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command[0] + " does not end");
    }
    assertThat(Files.readString(errors)).isEmpty();
    assertThat(process.exitValue()).isZero();
    return Files.readAllBytes(out);
  }

  private byte[] unpacked(String tag) throws Exception {
    byte[] value = tag.getBytes(StandardCharsets.US_ASCII);
    return piped(piped(value, "base64", "-d"), "bunzip2");
  }

  /** The way of the {@code search} command: each entry by itself, with the node's name in front. */
  private List<String> listed(byte[] text) throws Exception {
    String quoted = new String(text, StandardCharsets.UTF_8).replace('\'', '"');
    byte[] entries = piped(quoted.getBytes(StandardCharsets.UTF_8), "jq", "-c", ".[]");
    return new String(entries, StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void readsOurTagBack() throws Exception {
    Corpus corpus = new Corpus(new SplittableRandom(11));
    for (int i = 0; i < 20; i++) {
      List<LegacyService> services = corpus.services(1 + i % 5);
      byte[] text = unpacked(LegacyTag.encode(services));
      assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo(LegacyTag.json(services));
      assertThat("[" + String.join(",", listed(text)) + "]\n").isEqualTo(LegacyTag.json(services));
    }
  }

  @Test
  void seesNoWordEndWithinAnEntry() throws Exception {
    List<LegacyService> services = new Corpus(new SplittableRandom(12)).services(8);
    for (String entry : listed(unpacked(LegacyTag.encode(services)))) {
      assertThat(entry).doesNotContainAnyWhitespaces();
    }
  }

  @Test
  void weReadItsTag() throws Exception {
    String text =
        "[{\"s\":\"Docker\",\"d\":\"Nextcloud_cloud\",\"m\":\"a.guifi.local\",\"i\":\"10.1.2.3\","
            + "\"p\":8880,\"e\":\"demo\",\"t\":\"\"},{'s':'proxy3','d':'Proxy3_System',"
            + "'m':'a.guifi.local','i':'10.1.2.3','p':'3128','e':'demo','t':'Federated=Yes'}]\n";
    byte[] packed = piped(text.getBytes(StandardCharsets.UTF_8), "bzip2");
    String tag = new String(piped(packed, "base64", "-w0"), StandardCharsets.US_ASCII);
    assertThat(LegacyTag.decode(tag))
        .isEqualTo(
            new LegacyTag.Decoded(
                List.of(
                    new LegacyService(
                        "Docker", "Nextcloud_cloud", "a.guifi.local", "10.1.2.3", 8880, "demo", ""),
                    new LegacyService(
                        "proxy3",
                        "Proxy3_System",
                        "a.guifi.local",
                        "10.1.2.3",
                        3128,
                        "demo",
                        "Federated=Yes")),
                0));
  }
}
