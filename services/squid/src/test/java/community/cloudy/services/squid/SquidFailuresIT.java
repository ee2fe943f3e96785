package community.cloudy.services.squid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.TestContext;
import community.cloudy.services.squid.settings.SquidSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong, the last good settings run on and the reason is shown. */
final class SquidFailuresIT {
  private static final String LOCAL = "'who':{'networks':['127.0.0.0/8'],'login':'none'}";

  @TempDir Path temporary;
  private TestContext context;
  private SquidInstance squid;
  private int port;

  @BeforeEach
  void begin() throws IOException {
    SquidFixture.needsSquid();
    context = SquidFixture.context(temporary);
    port = SquidFixture.freePort();
  }

  @AfterEach
  void end() {
    if (squid != null) {
      squid.close();
    }
    if (context != null) {
      context.close();
    }
  }

  private SquidSettings settings(int at, String more) throws IOException {
    return SquidFixture.settings(at, "{" + LOCAL + more + "}");
  }

  private void start() throws IOException {
    squid = new SquidModule().start(settings(port, ""), context);
  }

  private String pid() {
    return squid.status().facts().get("pid");
  }

  private void runsOnAsBefore(String pid, String because) throws IOException {
    assertThat(squid.status().facts().get("refused")).contains(because);
    assertThat(pid()).isEqualTo(pid);
    assertThat(squid.status().health().state()).isEqualTo(Health.State.OK);
    assertThat(Browser.of(port).get("http://127.0.0.1/")).isEqualTo(403);
  }

  @Test
  void saysThatTheProgramIsMissing() throws IOException {
    SquidSettings settings = settings(port, ",'program':'/usr/sbin/no-squid'");

    assertThatThrownBy(() -> new SquidModule().start(settings, context))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("/usr/sbin/no-squid is not there. Install the package squid.");
  }

  @Test
  void refusesAPortThatSomebodyElseHas() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      SquidSettings taken = settings(other.getLocalPort(), "");
      assertThatThrownBy(() -> new SquidModule().start(taken, context))
          .hasMessageContaining("Could not use port " + other.getLocalPort());

      start();
      String pid = pid();
      assertThatThrownBy(() -> squid.reload(taken))
          .hasMessageContaining("Could not use port " + other.getLocalPort());
      runsOnAsBefore(pid, "port " + other.getLocalPort());
    }
  }

  @Test
  void showsThatAnotherProgramHasThePortWhenSquidWasKilled() throws IOException {
    start();
    squid.stop();
    try (ServerSocket other = new ServerSocket(port, 5, InetAddress.getByName("0.0.0.0"))) {
      squid = new SquidModule().start(settings(port, ""), context);
      await()
          .until(
              () ->
                  squid.status().health().state() == Health.State.FAILING
                      && squid.status().health().evidence().contains("FATAL"));
      assertThat(other.isBound()).isTrue();
    }
  }

  @Test
  void keepsTheOldFileIfSquidDoesNotTakeTheNewOne() throws IOException {
    start();
    String pid = pid();
    SquidSettings wrong =
        settings(port, ",'destinations':{'deny':['www.bad.example','.bad.example']}");

    assertThatThrownBy(() -> squid.reload(wrong)).hasMessageContaining("is a subdomain of");
    runsOnAsBefore(pid, "is a subdomain of");
    squid.reload(settings(port, ",'destinations':{'deny':['.bad.example']}"));
    assertThat(squid.status().facts()).doesNotContainKey("refused");
  }

  @Test
  void putsTheOldFileBackIfTheReloadFails() throws IOException {
    start();
    String pid = pid();
    Files.delete(temporary.resolve("squid").resolve("work").resolve("squid.pid"));

    assertThatThrownBy(() -> squid.reload(settings(port, ",'memory_mb':8")))
        .hasMessageContaining("Could not reload");
    runsOnAsBefore(pid, "Could not reload");
    assertThat(Files.readString(squid.files().inUse())).contains("cache_mem 64 MB");
  }

  @Test
  void startsAgainWhatWasKilled() throws IOException {
    start();
    String pid = pid();

    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();

    await()
        .until(
            () ->
                squid.status().health().state() == Health.State.OK
                    && !pid.equals(squid.status().facts().getOrDefault("pid", pid)));
    assertThat(squid.status().facts().get("restarts")).isEqualTo("1");
    assertThat(Browser.of(port).get("http://127.0.0.1/")).isEqualTo(403);
  }

  @Test
  void servesOnWhileTheDiskIsFull() throws IOException, InterruptedException {
    Path small = Files.createDirectory(temporary.resolve("squid"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString()),
        "needs the right to mount");
    try {
      start();
      String pid = pid();
      fill(small.resolve("filled"));

      await().until(() -> "full".equals(squid.status().facts().get("disk")));
      assertThatThrownBy(() -> squid.reload(settings(port, ",'memory_mb':8")))
          .hasMessageContaining("No space left");
      runsOnAsBefore(pid, "No space left");
      assertThat(squid.status().health().evidence()).contains("disk is full");
    } finally {
      squid.stop();
      context.close();
      run("umount", "-l", small.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
