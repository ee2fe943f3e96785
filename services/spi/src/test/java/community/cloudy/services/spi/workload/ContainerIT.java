package community.cloudy.services.spi.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import community.cloudy.containers.Containers;
import community.cloudy.containers.Dockerd;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.ContainerRequest;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.engine.Mount;
import community.cloudy.containers.engine.Program;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Settings;
import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.spi.Workload.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workloads in a real engine. */
@Timeout(90)
final class ContainerIT {
  private static final Times OFTEN =
      new Times(
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));
  private static final Duration SOON = Duration.ofSeconds(30);
  // What has number 1 hears only the signals it asks for.
  private static final String SLEEPS = "trap 'exit 0' TERM; sleep 1000 & wait";

  @TempDir static Path temp;
  private static Dockerd dockerd;
  private static Engine engine;
  private static Containers containers;

  @BeforeAll
  static void start() throws Exception {
    Dockerd.needed();
    dockerd = Dockerd.start(Files.createDirectory(temp.resolve("engine")));
    engine = Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1));
    Policy policy = new Policy(Settings.of(Settings.LIMITS, "10.1.2.3", dockerd.socket()));
    containers = new Containers(engine, policy);
  }

  @AfterAll
  static void stop() throws IOException {
    if (dockerd != null) {
      engine.close();
      dockerd.close();
    }
  }

  @AfterEach
  void removeAll() {
    all().forEach(container -> engine.containers().remove(container.id(), true, true));
  }

  private static List<Container> all() {
    return engine.containers().list(Map.of());
  }

  private static ContainerRequest request(String text) {
    return ContainerRequest.of(Dockerd.BUSYBOX)
        .with()
        .name("cloudy-test")
        .program(Program.of("sh", "-c", text))
        .build();
  }

  private static Workload workload(ContainerRequest request) {
    Workloads workloads = new Workloads("test", temp, OFTEN, InstantSource.system());
    return workloads.container(
        engine, containers, request, () -> new Health(Health.State.OK, "seen"));
  }

  private static Workload started(String text) {
    Workload workload = workload(request(text));
    workload.start();
    workload.awaitReady(SOON);
    return workload;
  }

  private static String id() {
    return all().get(0).id();
  }

  @Test
  void runsLogsAndIsGoneOnceStopped() {
    try (Workload workload = started("echo hello; " + SLEEPS)) {
      await().atMost(SOON).until(() -> workload.log(5).contains("hello"));
      workload.stop();
      assertThat(all()).isEmpty();
      assertThat(workload.state().phase()).isEqualTo(Phase.STOPPED);
    }
  }

  @Test
  void isMadeAnewAfterItEndedAndSaysHow() {
    try (Workload workload = started(SLEEPS)) {
      String first = id();
      engine.containers().kill(first, "KILL");
      await().atMost(SOON).until(() -> workload.state().restarts() == 1);
      workload.awaitReady(SOON);
      assertThat(id()).isNotEqualTo(first);
      workload.stop();
    }
  }

  @Test
  void goesOnWithoutTheAgentAndIsReplacedOnlyIfItWouldBeMadeOtherwise() {
    String first;
    try (Workload workload = started(SLEEPS)) {
      first = id();
      assertThat(workload.state().phase()).isEqualTo(Phase.RUNNING);
    }
    try (Workload workload = started(SLEEPS)) {
      assertThat(id()).isEqualTo(first);
      assertThat(workload.state().restarts()).isZero();
    }
    try (Workload workload = started(SLEEPS + " ")) {
      assertThat(all()).hasSize(1);
      assertThat(id()).isNotEqualTo(first);
      workload.stop();
    }
  }

  @Test
  void thePolicyOfTheNodeHolds() {
    ContainerRequest dangerous =
        request(SLEEPS)
            .with()
            .mounts(List.of(new Mount(Mount.Kind.BIND, "/etc", "/host", true, Map.of())))
            .build();
    try (Workload workload = workload(dangerous)) {
      workload.start();
      assertThatThrownBy(() -> workload.awaitReady(SOON)).isInstanceOf(ServiceException.class);
      assertThat(workload.state().health().state()).isEqualTo(Health.State.FAILING);
      assertThat(all()).isEmpty();
      workload.stop();
    }
  }
}
