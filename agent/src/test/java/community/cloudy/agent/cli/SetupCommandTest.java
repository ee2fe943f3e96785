package community.cloudy.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.config.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetupCommandTest {
  @TempDir private Path folder;
  private Path file;
  private Path root;
  private Shell shell;

  @BeforeEach
  void makeMachine() throws IOException {
    file = folder.resolve("cloudy.yaml");
    root = Files.createDirectories(folder.resolve("root"));
    shell = new Shell(folder.resolve("no-agent"));
  }

  private int setup(String... more) {
    return shell.run(
        Stream.concat(
                Stream.of("setup", "--file", file.toString(), "--root", root.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private AgentConfig written() {
    return new ConfigFiles(Optional.of(file), List.of()).load();
  }

  @Test
  void asksAndWritesWhatTheAgentReads() {
    shell.types(
        """
        attic
        The "upper" village: #1
        10.1.2.4
        10.1.2.3:7946, 10.1.2.9
        n
        mesh

        ldaps://ldap.example.org
        dc=example,dc=org
        """);

    assertThat(setup()).as(shell.err()).isZero();

    AgentConfig config = written();
    assertThat(config.node().name()).contains("attic");
    assertThat(config.node().community()).isEqualTo("The \"upper\" village: #1");
    assertThat(config.gossip().bind()).hasToString("10.1.2.4:7946");
    assertThat(config.gossip().join()).containsExactly("10.1.2.3:7946", "10.1.2.9");
    assertThat(config.gossip().keys()).isEmpty();
    assertThat(config.discovery().mdns()).isFalse();
    assertThat(config.auth().ldap()).isPresent();
    assertThat(config.containers().engine()).isEmpty();
    assertThat(shell.out())
        .contains("Gossip key: a file, new or none [none]: ", "Written: " + file);
  }

  @Test
  void asksNothingWithYes() throws IOException {
    assertThat(setup("--yes", "--name", "attic", "--community", "guifi")).as(shell.err()).isZero();

    AgentConfig config = written();
    assertThat(config.gossip().bind()).hasToString("0.0.0.0:7946");
    assertThat(config.gossip().keys()).hasSize(1);
    assertThat(config.discovery().mdns()).isTrue();
    assertThat(folder.resolve("gossip.key")).exists();
    assertThat(shell.out())
        .doesNotContain("[")
        .doesNotContain(Files.readString(folder.resolve("gossip.key")).strip());
  }

  @Test
  void takesTheKeyOfAnEarlierTime() throws IOException {
    setup("--yes");
    byte[] key = Files.readAllBytes(folder.resolve("gossip.key"));

    assertThat(setup("--yes", "--force", "--join", "10.1.2.3")).isZero();
    assertThat(setup("--yes", "--force", "--key", "new")).isEqualTo(1);

    assertThat(folder.resolve("gossip.key")).hasBinaryContent(key);
    assertThat(written().gossip().keys()).hasSize(1);
  }

  @Test
  void neverReplacesUnasked() throws IOException {
    Files.writeString(file, "node: {name: cellar}\n");

    assertThat(setup("--yes")).isEqualTo(1);
    shell.types("\n");
    assertThat(setup()).isEqualTo(1);

    assertThat(file).hasContent("node: {name: cellar}\n");
    assertThat(shell.err()).contains("--force");
  }

  @Test
  void keepsTheOldBesideTheNew() throws IOException {
    Files.writeString(file, "node: {name: cellar}\n");

    assertThat(setup("--yes", "--force", "--key", "none")).isZero();

    assertThat(folder.resolve("cloudy.yaml.old")).hasContent("node: {name: cellar}\n");
  }

  @Test
  void replacesWhatSetsNothing() throws IOException {
    Files.writeString(file, "# only\n\n  # comments\n");

    assertThat(setup("--yes", "--key", "none")).isZero();
  }

  @Test
  void leavesEverythingAsItWasIfAnAnswerCannotBe() throws IOException {
    Files.writeString(file, "# comments\n");

    assertThat(setup("--yes", "--key", "none", "--profile", "fast")).isEqualTo(2);

    assertThat(shell.err()).contains("gossip.profile must be one of");
    assertThat(file).hasContent("# comments\n");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).doesNotContain(folder.resolve("cloudy.yaml.check"));
    }
  }

  @Test
  void givesTheEngineToNobodyWhoDidNotSaySo() throws IOException {
    Files.createDirectories(root.resolve("var/run"));
    Path socket = Files.createFile(root.resolve("var/run/docker.sock"));

    assertThat(setup("--yes", "--key", "none")).isZero();
    assertThat(written().containers().engine()).isEmpty();
    assertThat(setup("--yes", "--key", "none", "--force", "--engine", socket.toString())).isZero();
    assertThat(written().containers().engine()).contains(socket);
  }

  @Test
  void tellsWhatIsHere() throws IOException {
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createDirectories(root.resolve("etc"));
    Path program = Files.createFile(root.resolve("usr/bin/syncthing"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.createFile(root.resolve("etc/avahi-ps-serf.conf"));

    assertThat(setup("--yes", "--key", "none")).isZero();

    assertThat(shell.out())
        .contains("Found syncthing: " + program, "squid, named, ffmpeg, fping, docker-compose\n")
        .contains("cloudy migrate");
  }

  @Test
  void offersTheNameTheNodeHas() throws IOException {
    Path name = root.resolve("var/lib/cloudy/identity/node.name");
    Files.createDirectories(name.getParent());
    Files.writeString(name, "attic\n");

    assertThat(setup("--yes", "--key", "none")).isZero();
    assertThat(written().node().name()).contains("attic");
    assertThat(setup("--yes", "--force", "--key", "none", "--name", "cellar"))
        .as("nobody can say whether others know it")
        .isEqualTo(3);
  }

  @Test
  void endsWhereNobodyAnswers() {
    assertThat(setup()).isEqualTo(2);

    assertThat(shell.err()).contains("Nobody answered", "--yes");
    assertThat(file).doesNotExist();
  }
}
