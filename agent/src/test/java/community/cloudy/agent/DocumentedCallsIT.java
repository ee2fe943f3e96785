package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types what documents say to an agent that is alone. */
final class DocumentedCallsIT {
  /** What curl says when it was told to stop: so a stream ends. */
  private static final int TIME_IS_UP = 28;

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODw==";

  @TempDir private Path folder;
  private final List<String> typed = new ArrayList<>();

  @BeforeEach
  void needsCurl() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl");
    Files.writeString(folder.resolve(".curlrc"), "fail\nsilent\nmax-time = 5\n");
  }

  @Test
  void theCallsOfTheApiAreAnswered() throws Exception {
    try (RunningAgent agent = RunningAgent.start(folder)) {
      type(agent, "cloudy token create backup --role viewer --days 90 > backup.token");
      for (Markdown.Block block : Markdown.of(Reference.DOCS.resolve("api.md")).blocks()) {
        for (String line : block.typed()) {
          type(agent, line);
        }
      }
    }

    assertThat(typed).hasSizeGreaterThan(7);
  }

  @Test
  void theCommandsOfEveryDayDoWhatTheySay() throws Exception {
    try (RunningAgent agent = RunningAgent.start(folder, ", keyring_file: " + keyring(), "")) {
      Files.writeString(folder.resolve("old.key"), KEY + "\n");
      type(agent, "cloudy announce --type website --name Garden --port 8080");
      type(agent, "echo a long password | cloudy user passwd admin --password-file -");
      type(agent, "echo a long password | cloudy user add maria --role operator --password-file -");
      for (String page : List.of("running-a-node.md", "people.md", "services.md")) {
        for (Markdown.Block block : Markdown.of(Reference.DOCS.resolve(page)).blocks()) {
          for (String line : block.typed()) {
            if (isForAnyNode(line)) {
              type(agent, line);
            }
          }
        }
      }
    }

    assertThat(typed).hasSizeGreaterThan(20);
  }

  @Test
  void theCommandsOfModulesDoWhatTheySay() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/syncthing")), "needs syncthing");
    String ports = "services: {syncthing: {port: %d, gui_port: %d, local_discovery: false}}";
    try (RunningAgent agent =
        RunningAgent.start(
            folder, "", ports.formatted(RunningAgent.freePort(), RunningAgent.freePort()))) {
      type(agent, "cloudy module enable syncthing");
      for (Markdown.Block block : Markdown.of(Reference.DOCS.resolve("modules.md")).blocks()) {
        for (String line : block.typed()) {
          // What the page shows to be refused is.
          if (line.startsWith("cloudy module") && !line.endsWith("=maybe")) {
            type(agent, line);
          }
        }
      }
      type(agent, "cloudy module disable syncthing");
    } finally {
      RunningAgent.endServices(folder);
    }

    assertThat(typed).hasSizeGreaterThan(4);
  }

  private Path keyring() throws IOException {
    Path file = Files.writeString(folder.resolve("keyring"), "[\"" + KEY + "\"]");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** What asks a person, never ends, or needs a directory or other nodes, has tests of its own. */
  private static boolean isForAnyNode(String line) {
    return line.startsWith("cloudy ")
        && !line.matches(
            "cloudy (agent|monitor|rtt|force-leave|login|logout|whoami|ldap|config"
                + "|user add|user passwd) ?.*")
        && !line.contains("node2");
  }

  private void type(RunningAgent agent, String line) throws Exception {
    typed.add(line);
    String here =
        line.replace("/run/cloudy/cloudy.sock", folder.resolve("sock").toString())
            .replace("http://127.0.0.1:7000", agent.url())
            .replace("why SERVICE", "why Garden");
    Path said = folder.resolve("said");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", here)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    shell.environment().put("CURL_HOME", folder.toString());
    shell.environment().put("CLOUDY_API", "unix:" + folder.resolve("sock"));
    shell
        .environment()
        .merge(
            "PATH",
            Path.of("target/cloudy/bin").toAbsolutePath() + ":",
            (path, first) -> first + path);
    Process process = shell.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(here).isTrue();
    boolean ended =
        line.contains("curl") && line.contains(" -N ") && process.exitValue() == TIME_IS_UP;
    assertThat(ended ? 0 : process.exitValue()).as(here + "\n" + Files.readString(said)).isZero();
  }
}
