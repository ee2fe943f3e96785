package community.cloudy.containers.stacks;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Stacks on a real engine, as an agent would have them. */
final class StacksRig implements AutoCloseable {
  private static final Times TIMES = new Times(Duration.ofSeconds(90), Duration.ofSeconds(1));

  final Engine engine;
  final Stacks stacks;

  StacksRig(Path socket, Path root) {
    engine =
        Engine.at(
            EngineConfig.of("unix://" + socket),
            InstantSource.system(),
            RandomGenerator.getDefault());
    Policy policy = new Policy(Settings.of(Settings.LIMITS, "127.0.0.1", socket));
    Compose compose = RealCompose.find(socket, root);
    stacks =
        new Stacks(root, engine, policy, () -> Optional.of(compose), InstantSource.system(), TIMES);
  }

  /** A stack of one service that sleeps, and has {@code mark} among its arguments. */
  static StackFiles sleeper(String mark, String more) {
    return StackFiles.of(
        """
        services:
          main:
            image: %s
            entrypoint: [sh, -c, "sleep 1000; true", "%s"]
            init: true
            %s
        """
            .formatted(Dockerd.BUSYBOX, mark, more));
  }

  @Override
  public void close() {
    engine.close();
  }
}
