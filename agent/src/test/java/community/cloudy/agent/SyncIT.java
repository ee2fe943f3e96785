package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real agents with real Syncthings: found by what they announce, paired by command. */
@Timeout(240)
final class SyncIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @AfterEach
  void endServices() throws Exception {
    RunningAgent.endServices(folder.resolve("attic"));
    RunningAgent.endServices(folder.resolve("cellar"));
  }

  private static String sections() throws Exception {
    return "services: {syncthing: {enabled: true, port: %d, gui_port: %d, local_discovery: false}}"
        .formatted(RunningAgent.freePort(), RunningAgent.freePort());
  }

  private static String run(RunningAgent agent, String... arguments) throws Exception {
    RunningAgent.Result result = agent.run(arguments);
    assertThat(result.exit()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void aFolderIsSharedWithANodeByItsName() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/syncthing")), "needs syncthing");
    Path one = Files.createDirectories(folder.resolve("attic"));
    Path two = Files.createDirectories(folder.resolve("cellar"));
    int port = RunningAgent.freePort();
    String join = ", join: ['127.0.0.1:" + port + "'], profile: local";
    try (RunningAgent attic =
            RunningAgent.start("attic", port, one, ", profile: local", sections());
        RunningAgent cellar =
            RunningAgent.start("cellar", RunningAgent.freePort(), two, join, sections())) {
      await()
          .atMost(SOON)
          .until(() -> run(attic, "services", "--health", "ok").contains("Syncthing of cellar"));
      assertThat(run(attic, "sync", "with", "cellar", "photos")).contains("cloudy sync accept");
      await().atMost(SOON).until(() -> run(cellar, "sync", "pending").contains("connect"));
      assertThat(run(cellar, "sync", "pending")).contains("attic");
      run(cellar, "sync", "accept", "attic");
      await().atMost(SOON).until(() -> run(cellar, "sync", "pending").contains("photos"));
      run(cellar, "sync", "accept", "--folder", "photos");

      String data = "state/services/syncthing/data/photos/roof.txt";
      Files.writeString(one.resolve(data), "the roof");
      await().atMost(SOON).until(() -> Files.exists(two.resolve(data)));
      assertThat(two.resolve(data)).hasContent("the roof");
      assertThat(run(attic, "sync", "devices")).contains("cellar", "connected");

      MetricsReferenceIT.explains(attic, "syncthing");
      run(attic, "module", "disable", "syncthing");
      await().atMost(SOON).until(() -> !run(cellar, "services").contains("Syncthing of attic"));
      run(cellar, "module", "disable", "syncthing");
    }
  }
}
