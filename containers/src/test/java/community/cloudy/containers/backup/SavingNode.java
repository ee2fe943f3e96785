package community.cloudy.containers.backup;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Exec;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Settings;
import community.cloudy.containers.stacks.Compose;
import community.cloudy.containers.stacks.Stacks;
import community.cloudy.containers.stacks.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An engine of its own and what stands on it, with stand-ins for images. */
record SavingNode(Dockerd dockerd, Engine engine, Stacks stacks, Backups backups, Path saved)
    implements AutoCloseable {
  static SavingNode start(Path folder, List<String> images) throws Exception {
    Dockerd dockerd = Dockerd.start(Files.createDirectories(folder.resolve("engine")));
    StandIns.load(dockerd, Files.createDirectories(folder.resolve("image")), images);
    InstantSource clock = InstantSource.system();
    Engine engine = Engine.at(EngineConfig.of(dockerd.host()), clock, new Random(1));
    Policy policy = new Policy(Settings.of(Settings.LIMITS, "127.0.0.1", dockerd.socket()));
    Stacks stacks =
        new Stacks(
            folder.resolve("stacks"),
            engine,
            policy,
            Compose.finder(dockerd.socket(), folder),
            clock,
            new Times(Duration.ofMinutes(1), Duration.ofMillis(500)));
    Path saved = folder.resolve("backups");
    Backups backups = new Backups(saved, engine, stacks, new DiskFloor(1), clock);
    return new SavingNode(dockerd, engine, stacks, backups, saved);
  }

  /** Returns owner, mode, size and hash of all that is in a volume. */
  String content(String volume) throws IOException, InterruptedException {
    return dockerd.docker(
        "run",
        "--rm",
        "--network=none",
        "-v",
        volume + ":/v",
        "stand-in:1",
        "sh",
        "-c",
        "cd /v; find . | sort | while read -r f; do stat -c '%n %f %u %g %h' \"$f\";"
            + " test -f \"$f\" && sha256sum \"$f\"; done; readlink deep/out");
  }

  /** Runs Compose as somebody else would. */
  void compose(Path project, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("env", "-C", project.toString(), "DOCKER_HOST=" + dockerd.host()));
    command.add("docker-compose");
    command.addAll(List.of(arguments));
    Exec.run(command);
  }

  @Override
  public void close() throws IOException {
    engine.close();
    dockerd.close();
  }
}
