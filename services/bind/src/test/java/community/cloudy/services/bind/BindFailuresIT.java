package community.cloudy.services.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.process.Command;
import community.cloudy.gossip.discovery.Health.State;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.TestContext;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a real named, and what the module says of it. */
final class BindFailuresIT {
  private static final String ONE =
      "'zones': {'garden.test': {'records': [{'name': 'www', 'type': 'a', 'value': '10.1.2.%d'}]}}";

  @TempDir private Path folder;
  private Bed bed;

  @BeforeEach
  void open() {
    assumeTrue(Bed.isInstalled(), "needs named (package bind9)");
    bed = new Bed("attic", folder);
  }

  @AfterEach
  void close() {
    if (bed != null) {
      bed.close();
    }
  }

  private static void ready(Bind bind) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(bind.status().health().state()).isEqualTo(State.OK));
  }

  private void answers(int last) {
    assertThat(bed.dig("www.garden.test", "A")).containsExactly("10.1.2." + last);
  }

  private long pid() throws IOException {
    Command.Result found =
        Command.run(
            List.of("pgrep", "-f", "named -g .*" + folder),
            Map.of("PATH", "/usr/bin:/bin"),
            folder,
            Duration.ofSeconds(5),
            1000);
    return Long.parseLong(found.output().lines().findFirst().orElseThrow().strip());
  }

  @Test
  void comesBackAfterKillWithAllNames() throws IOException {
    Bind bind = bed.start(bed.settings(ONE.formatted(1)));
    ready(bind);
    bed.catalogue.set(List.of(Bed.service("roof", "files", "syncthing", "10.9.8.7", State.OK)));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> bed.dig("roof.cloudy.internal", "A").contains("10.9.8.7"));
    ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
    bed.catalogue.set(List.of(Bed.service("roof", "files", "syncthing", "10.9.8.6", State.OK)));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bed.dig("roof.cloudy.internal", "A").contains("10.9.8.6"));
    answers(1);
    assertThat(bind.status().metrics()).containsEntry("restarts_total", 1.0);
  }

  @Test
  void goesOnWithTheNamedOfAnEarlierAgent() throws IOException {
    Bind first = bed.start(bed.settings(ONE.formatted(1)));
    ready(first);
    long before = pid();
    first.close();
    answers(1);
    try (TestContext next = contextOnTheSameFolder()) {
      Bind second = new BindModule().start(bed.settings(ONE.formatted(2)), next);
      ready(second);
      answers(2);
      assertThat(pid()).isEqualTo(before);
      second.stop();
      assertThat(bed.dig("www.garden.test", "A")).doesNotContain("10.1.2.2");
    }
  }

  private TestContext contextOnTheSameFolder() {
    return new TestContext(
        "attic", "bind", folder, RunMode.PROCESS, bed.catalogue);
  }

  @Test
  void keepsTheOldZonesIfTheCheckerRefuses() {
    Bind bind = bed.start(bed.settings(ONE.formatted(1)));
    ready(bind);
    String bad =
        "'zones': {'garden.test': {'records': [{'name': 'www', 'type': 'a', 'value': '10.1.2.9'},"
            + "{'name': 'www', 'type': 'cname', 'value': 'other'}]}}";
    assertThatThrownBy(() -> bind.reload(bed.settings(bad)))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("BIND refuses this configuration")
        .hasMessageContaining("CNAME and other data");
    answers(1);
    assertThat(bind.status().facts()).containsKey("refused");
    assertThat(bind.status().health().state()).isEqualTo(State.OK);
    bind.reload(bed.settings(ONE.formatted(2)));
    answers(2);
    assertThat(bind.status().facts()).doesNotContainKey("refused");
  }

  @Test
  void refusesAPortThatAnotherProgramHas() throws IOException {
    Bind bind = bed.start(bed.settings(ONE.formatted(1)));
    ready(bind);
    try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatagramSocket udp =
            new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
      String taken = "'port': %d, ".formatted(udp.getLocalPort());
      assertThatThrownBy(() -> bind.reload(bed.settings(taken + ONE.formatted(2))))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("another program has it");
    }
    answers(1);
  }

  @Test
  void putsTheOldVersionBackIfTheNewOneDoesNotAnswer() {
    Bind bind = bed.start(bed.settings(ONE.formatted(1)));
    ready(bind);
    // The site's own file makes the checker content and named answer nobody.
    Path own = folder.resolve("own.conf");
    String blind = "'include': {'internal': '%s'}, ".formatted(own);
    assertThatThrownBy(
            () -> {
              Files.writeString(own, "allow-query { none; };\n");
              bind.reload(bed.settings(blind + ONE.formatted(2)));
            })
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("does not answer for the zone garden.test");
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> answers(1));
    assertThat(bind.status().facts().get("refused")).contains("garden.test");
  }

  @Test
  void refusesAChangeIfNamedDoesNotListenToRndc() throws IOException {
    Bind bind = bed.start(bed.settings(ONE.formatted(1)));
    ready(bind);
    Path key = folder.resolve("keys/control.key");
    String other = Files.readString(key).replaceFirst("secret \".{8}", "secret \"AAAAAAAA");
    Files.writeString(key, other);
    assertThatThrownBy(() -> bind.reload(bed.settings(ONE.formatted(2))))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("does not listen to rndc");
    answers(1);
  }

  @Test
  void saysThatTheProgramIsMissing() {
    assertThatThrownBy(() -> bed.start(bed.settings("'program': '/nowhere/named'")))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo(ServiceException.Code.MISSING))
        .hasMessageContaining("bind9");
  }

  @Test
  void refusesAPathThatNamedConfCannotHold() {
    String path = "'include': {'options': '/etc/x\\\"; }; zone z {'}";
    assertThatThrownBy(() -> bed.start(bed.settings(path)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo(ServiceException.Code.INVALID))
        .hasMessageContaining("named.conf cannot hold");
  }

  @Test
  void watchesANamedThatRunsByItself() throws IOException {
    Bind first = bed.start(bed.settings(ONE.formatted(1)));
    ready(first);
    Path other = Files.createDirectory(folder.resolve("other"));
    try (TestContext context =
        new TestContext("roof", "bind", other, RunMode.EXTERNAL, bed.catalogue)) {
      Bind watching =
          new BindModule().start(bed.settings("'catalogue': {'enabled': false}"), context);
      ready(watching);
      first.stop();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> watching.status().health().state() == State.FAILING);
      watching.close();
    }
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket tcp = new ServerSocket(bed.port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> bed.start(bed.settings("")))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("Could not use port " + tcp.getLocalPort());
    }
  }

  @Test
  void saysThatThePortWasTakenMeanwhileAndTakesItBack() throws IOException {
    Bind bind = bed.start(bed.settings(ONE.formatted(1)));
    ready(bind);
    ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
    try (DatagramSocket udp = taken(bed.port)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(bind.status().health().evidence())
                      .isEqualTo(
                          "no answer on port %d: another program has it".formatted(bed.port)));
      assertThat(bind.status().health().state()).isEqualTo(State.FAILING);
      assertThat(udp.isBound()).isTrue();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> bind.status().health().state() == State.OK);
    answers(1);
  }

  private static DatagramSocket taken(int port) {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .ignoreExceptions()
        .until(() -> new DatagramSocket(port, InetAddress.getLoopbackAddress()), s -> true);
  }

  @Test
  void runsOnIfTheDiskIsFull() throws IOException {
    assumeTrue(Bed.me().equals("root"), "needs root to make a small file system");
    Path small = Files.createDirectory(folder.resolve("small"));
    shell("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
    try (Bed full = new Bed("attic", small)) {
      Bind bind = full.start(full.settings(ONE.formatted(1)));
      ready(bind);
      StringBuilder many = new StringBuilder("'zones': {'garden.test': {'records': [");
      for (int i = 0; i < 9_000; i++) {
        many.append("{'name': 'h%d', 'type': 'txt', 'value': '%s'},".formatted(i, "x".repeat(200)));
      }
      many.setLength(many.length() - 1);
      assertThatThrownBy(() -> bind.reload(full.settings(many + "]}}")))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("No space left");
      assertThat(full.dig("www.garden.test", "A")).containsExactly("10.1.2.1");
      assertThat(bind.status().facts().get("refused")).contains("No space left");
      bind.stop();
    } finally {
      shell("umount", "-l", small.toString());
    }
  }

  private void shell(String... argv) throws IOException {
    Command.Result result =
        Command.run(
            List.of(argv), Map.of("PATH", "/usr/bin:/bin"), folder, Duration.ofSeconds(10), 1000);
    assumeTrue(result.succeeded(), "needs tmpfs: " + result.errors());
  }

  @Test
  void runsAsBindIfTheAgentIsRoot() throws IOException {
    assumeTrue(Bed.me().equals("root"), "needs root");
    Bind bind = bed.start(bed.settings("'user': 'bind', " + ONE.formatted(1)));
    ready(bind);
    assertThat(ProcessHandle.of(pid()).flatMap(p -> p.info().user())).contains("bind");
    bed.catalogue.set(List.of(Bed.service("roof", "files", "syncthing", "10.9.8.7", State.OK)));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> bed.dig("roof.cloudy.internal", "A").contains("10.9.8.7"));
    bind.reload(bed.settings("'user': 'bind', " + ONE.formatted(2)));
    answers(2);
  }
}
