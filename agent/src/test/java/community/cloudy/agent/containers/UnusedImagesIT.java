package community.cloudy.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Progress;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Settings;
import community.cloudy.containers.stacks.Compose;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import community.cloudy.containers.stacks.Times;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a real engine go when nothing has needed them for long. */
final class UnusedImagesIT {
  private static final String FETCHED = "127.0.0.1:5000/cloudy/fetched:1";

  @TempDir Path folder;

  @Test
  void keepsWhatAStackNeedsAndWhatIsNowhereElse() throws Exception {
    Dockerd.needed();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    try (Dockerd dockerd = Dockerd.start(Files.createDirectory(folder.resolve("engine")));
        Engine engine =
            Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1))) {
      dockerd.push(FETCHED, 1);
      dockerd.docker("pull", "-q", FETCHED);
      dockerd.docker("import", folder.resolve("engine/busybox.tar").toString(), "built:1");
      dockerd.docker("volume", "create", "seeds");
      Stacks stacks = stacks(dockerd, engine);
      String compose = "services: {a: {image: %s, entrypoint: [sleep, '9']}}";
      StackFiles files = StackFiles.of(compose.formatted(Dockerd.BUSYBOX));
      stacks.create("idle", files, "ana", Progress.NONE);
      stacks.down("idle", Progress.NONE);

      new UnusedImages(engine, stacks, Duration.ofDays(1)).prune();
      assertThat(images(dockerd)).contains(FETCHED);

      new UnusedImages(engine, stacks, Duration.ofMinutes(-1)).prune();
      assertThat(images(dockerd)).contains(Dockerd.BUSYBOX, "built:1").doesNotContain(FETCHED);
      assertThat(dockerd.docker("volume", "ls", "-q")).isEqualTo("seeds");

      stacks.remove("idle", false, Progress.NONE);
      new UnusedImages(engine, stacks, Duration.ofMinutes(-1)).prune();
      assertThat(images(dockerd)).isEqualTo("built:1");
    }
  }

  private Stacks stacks(Dockerd dockerd, Engine engine) {
    return new Stacks(
        folder.resolve("stacks"),
        engine,
        new Policy(Settings.of(Settings.LIMITS, "127.0.0.1", dockerd.socket())),
        Compose.finder(dockerd.socket(), folder),
        InstantSource.system(),
        new Times(Duration.ofMinutes(1), Duration.ofMillis(500)));
  }

  private static String images(Dockerd dockerd) throws Exception {
    return dockerd.docker("images", "--format", "{{.Repository}}:{{.Tag}}");
  }
}
