package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.services.peerstreamer.StreamerDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three real agents: video that one publishes is found in the catalogue of the others and watched
 * there, by real ffmpeg and a double of the streamer.
 */
@Timeout(240)
final class VideoIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
  private static final String[] NAMES = {"attic", "cellar", "roof"};
  private static final int PORTS = 29_000;

  @TempDir private Path folder;

  @AfterEach
  void endServices() throws Exception {
    for (String name : NAMES) {
      RunningAgent.endServices(folder.resolve(name));
    }
  }

  private RunningAgent start(int node, int gossip, String more, Path program) throws Exception {
    int ports = PORTS + 100 * node;
    String services =
        """
        services:
          peerstreamer: {enabled: true, program: '%s', dialect: classic, idle_timeout: 3s,
            p2p_ports: %d-%d, local_ports: %d-%d}
        """
            .formatted(program, ports, ports + 9, ports + 10, ports + 99);
    Path own = Files.createDirectories(folder.resolve(NAMES[node]));
    return RunningAgent.start(NAMES[node], gossip, own, more + ", profile: local", services);
  }

  private static String run(RunningAgent agent, String... arguments) throws Exception {
    RunningAgent.Result result = agent.run(arguments);
    assertThat(result.exit()).as(result.output()).isZero();
    return result.output();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(SOON).until(condition);
  }

  private static boolean flows(RunningAgent agent, String channel) throws Exception {
    return run(agent, "video", "show", channel).contains("flowing");
  }

  private static boolean isOffered(RunningAgent agent, String node) throws Exception {
    return run(agent, "video").lines().anyMatch(l -> l.contains("offered") && l.contains(node));
  }

  private Path film() throws Exception {
    Path media = Files.createDirectories(folder.resolve("attic/state/services/peerstreamer/media"));
    Path film = media.resolve("film.ts");
    Process process =
        new ProcessBuilder(
                FFMPEG.toString(),
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=320x240",
                "-t",
                "4",
                "-c:v",
                "mpeg2video",
                "-f",
                "mpegts",
                film.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    return film;
  }

  @Test
  void aChannelIsWatchedOnTwoOtherNodesThroughTheCatalogue() throws Exception {
    assumeTrue(Files.isExecutable(FFMPEG), "needs ffmpeg");
    Path program = StreamerDouble.install(folder, "streamer-double", "classic");
    int port = RunningAgent.freePort();
    String join = ", join: ['127.0.0.1:" + port + "']";
    Path film = film();
    try (RunningAgent attic = start(0, port, "", program);
        RunningAgent cellar = start(1, RunningAgent.freePort(), join, program);
        RunningAgent roof = start(2, RunningAgent.freePort(), join, program)) {
      until(() -> attic.run("video").exit() == 0);
      run(attic, "video", "publish", "garden", film.toString(), "--title", "The garden");
      until(() -> isOffered(cellar, "attic") && isOffered(roof, "attic"));
      run(cellar, "video", "join", "attic");
      run(roof, "video", "relay", "attic", "The garden");
      until(() -> flows(cellar, "garden") && flows(roof, "garden"));
      until(() -> isOffered(attic, "roof"));

      Files.move(film, film.resolveSibling("away.ts"));
      kill("feed-garden");
      until(() -> !isOffered(cellar, "attic") && !isOffered(cellar, "roof"));
      Files.move(film.resolveSibling("away.ts"), film);
      until(() -> isOffered(cellar, "attic"));
      until(() -> flows(cellar, "garden") && flows(roof, "garden"));

      MetricsReferenceIT.explains(attic, "peerstreamer");
      run(attic, "video", "stop", "garden");
      until(() -> !isOffered(roof, "attic"));
      for (RunningAgent agent : new RunningAgent[] {attic, cellar, roof}) {
        run(agent, "module", "disable", "peerstreamer");
      }
    }
  }

  private void kill(String program) throws IOException {
    Path run = folder.resolve("attic/state/services/peerstreamer/run/" + program + ".run");
    long pid = Long.parseLong(Files.readString(run).split(" ", 2)[0]);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
