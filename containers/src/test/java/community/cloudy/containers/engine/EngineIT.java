package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.engine.EngineException.Code;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with a real engine. */
class EngineIT {
  @TempDir static Path folder;
  private static Dockerd dockerd;
  private static Engine engine;

  @BeforeAll
  static void start() throws Exception {
    dockerd = Dockerd.start(folder);
    engine = Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1));
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      engine.close();
      dockerd.close();
    }
  }

  @AfterEach
  void removeAll() {
    engine
        .containers()
        .list(Map.of())
        .forEach(container -> engine.containers().remove(container.id(), true, true));
  }

  private static ContainerRequest.Builder busybox(String... command) {
    return ContainerRequest.of(Dockerd.BUSYBOX)
        .with()
        .program(
            new Program(
                List.of(),
                List.of(command),
                Map.of("COLOUR", "green"),
                Optional.empty(),
                Optional.of("/tmp"),
                false,
                true));
  }

  private static String run(ContainerRequest.Builder request) {
    String id = engine.containers().create(request.build());
    engine.containers().start(id);
    return id;
  }

  @Test
  void tellsHowTheEngineIsSetUp() {
    assertThat(engine.status()).isInstanceOf(EngineStatus.Ok.class);
    EngineInfo info = engine.info();
    assertThat(info.root()).isEqualTo(folder.resolve("data").toString());
    assertThat(info.limitsMemory()).isTrue();
    assertThat(info.version().api()).startsWith("1.");
  }

  @Test
  void makesWhatWasAskedForAndShowsIt() {
    PublishedPort port = new PublishedPort("127.0.0.1", 0, 8080, Protocol.TCP);
    String id =
        run(
            busybox("sleep", "1000")
                .name("web")
                .labels(Map.of("colour", "green"))
                .ports(List.of(port))
                .mounts(
                    List.of(
                        new Mount(Mount.Kind.VOLUME, "garden", "/data", true, Map.of()),
                        new Mount(Mount.Kind.TMPFS, "", "/memory", false, Map.of())))
                .restart(RestartPolicy.UNLESS_STOPPED)
                .limits(new Limits(32 << 20, 250, 10))
                .log(Map.of("max-size", "1m", "max-file", "3"))
                .readOnly(true)
                .privileges(Privileges.USUAL.withSecurityOptions(List.of("no-new-privileges"))));

    ContainerDetail detail = engine.containers().inspect("web");
    assertThat(detail.id()).isEqualTo(id);
    assertThat(detail.summary().state()).isEqualTo(ContainerState.RUNNING);
    assertThat(detail.program().command()).containsExactly("sleep", "1000");
    assertThat(detail.program().environment()).containsEntry("COLOUR", "green");
    assertThat(detail.startedAt()).isPresent();
    assertThat(detail.finishedAt()).isEmpty();
    assertThat(detail.addresses()).containsKey("bridge");
    assertThat(detail.mounts()).anySatisfy(mount -> assertThat(mount.source()).isEqualTo("garden"));
    assertThat(detail.hostConfig())
        .containsEntry("ReadonlyRootfs", true)
        .containsEntry("SecurityOpt", List.of("no-new-privileges"))
        .containsEntry("Memory", 32 << 20)
        .containsEntry("MemorySwap", 32 << 20)
        .containsEntry("PidsLimit", 10)
        .containsEntry("Init", true);

    List<Container> found = engine.containers().list(Map.of("colour", ""));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).name()).isEqualTo("web");
    assertThat(found.get(0).image()).isEqualTo(Dockerd.BUSYBOX);
    assertThat(found.get(0).ports())
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.address()).isEqualTo("127.0.0.1");
              assertThat(shown.containerPort()).isEqualTo(8080);
              assertThat(shown.port()).isPositive();
            });
    assertThat(engine.containers().list(Map.of("colour", "blue"))).isEmpty();
    assertThat(detail.summary().ports()).isEqualTo(found.get(0).ports());
  }

  @Test
  void limitsAreSeenInTheControlGroup() throws Exception {
    String id = run(busybox("sleep", "1000").limits(new Limits(64 << 20, 500, 20)));

    assertThat(dockerd.cgroup(id, "memory", "memory.limit_in_bytes"))
        .isEqualTo(Long.toString(64 << 20));
    assertThat(dockerd.cgroup(id, "cpu", "cpu.cfs_quota_us")).isEqualTo("50000");
    assertThat(dockerd.cgroup(id, "cpu", "cpu.cfs_period_us")).isEqualTo("100000");
    assertThat(dockerd.cgroup(id, "pids", "pids.max")).isEqualTo("20");
  }

  @Test
  void memoryAndProcessesAreKeptInBounds() {
    String greedy = run(busybox("tail", "/dev/zero").limits(new Limits(16 << 20, 0, 0)));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> engine.containers().inspect(greedy).summary().state() == ContainerState.EXITED);
    assertThat(engine.containers().inspect(greedy).oomKilled()).isTrue();
    assertThat(engine.containers().inspect(greedy).exitCode()).isEqualTo(137);

    // Room for the threads of the engine's own starter, which count as well until it is replaced.
    String many = run(busybox("sleep", "1000").limits(new Limits(0, 0, 40)));
    ExecResult forks =
        engine
            .containers()
            .exec(
                many,
                List.of("sh", "-c", "for i in $(seq 60); do sleep 100 & done"),
                Duration.ofSeconds(60),
                10_000);
    assertThat(forks.stderr()).as("what the shell said: %s", forks).contains("can't fork");
  }

  @Test
  void goesThroughALife() {
    ContainerApi containers = engine.containers();
    String id = run(busybox("sleep", "1000").name("before"));
    containers.start(id);
    containers.pause(id);
    assertThat(containers.inspect(id).summary().state()).isEqualTo(ContainerState.PAUSED);
    containers.unpause(id);
    containers.rename(id, "after");
    assertThat(containers.inspect("after").id()).isEqualTo(id);
    containers.restart(id, Duration.ofSeconds(5));
    ProcessTable processes = containers.top(id);
    assertThat(processes.titles()).contains("PID", "CMD");
    assertThat(processes.rows()).anySatisfy(row -> assertThat(row).contains("sleep 1000"));
    containers.stop(id, Duration.ofSeconds(5));
    containers.stop(id, Duration.ofSeconds(5));
    assertThat(containers.inspect(id).summary().state()).isEqualTo(ContainerState.EXITED);
    assertThat(containers.inspect(id).exitCode()).isEqualTo(143);
    containers.start(id);
    containers.kill(id, "SIGKILL");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> containers.inspect(id).summary().state() == ContainerState.EXITED);
    containers.remove(id, false, false);
    assertThatThrownBy(() -> containers.inspect(id))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
  }

  @Test
  void whoeverIsInterruptedDisturbsNobodyElse() throws Exception {
    String script = "trap 'echo asked' TERM; while :; do sleep 0.1; done";
    String one = run(busybox("sh", "-c", script).name("one"));
    String two = run(busybox("sh", "-c", script).name("two"));
    Stopping first = new Stopping(one, Duration.ofMinutes(5));
    Stopping second = new Stopping(two, Duration.ofSeconds(3));
    await().until(() -> isAsked("one") && isAsked("two"));

    first.thread.interrupt();

    assertThatThrownBy(first.done::join)
        .hasCauseInstanceOf(EngineException.class)
        .hasMessageContaining("it was interrupted");
    second.done.join();
    assertThat(engine.containers().inspect("two").summary().state())
        .isEqualTo(ContainerState.EXITED);
  }

  private static boolean isAsked(String container) throws Exception {
    return dockerd.docker("logs", container).contains("asked");
  }

  /** Stops a container on a thread of its own. */
  private static final class Stopping {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread;

    private Stopping(String container, Duration grace) {
      thread =
          new Thread(
              () -> {
                try {
                  engine.containers().stop(container, grace);
                  done.complete(null);
                } catch (EngineException e) {
                  done.completeExceptionally(e);
                }
              });
      thread.start();
    }
  }

  @Test
  void saysWhyNot() {
    ContainerApi containers = engine.containers();
    assertThatThrownBy(() -> containers.start("nobody"))
        .hasMessage("Could not start the container nobody: No such container: nobody.");
    assertThatThrownBy(() -> containers.create(ContainerRequest.of("127.0.0.1:5000/no/such:1")))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
    assertThatThrownBy(() -> containers.inspect("../images/json"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    PublishedPort port = new PublishedPort("127.0.0.1", 5000, 80, Protocol.TCP);
    String id = containers.create(busybox("sleep", "1").ports(List.of(port)).build());
    assertThatThrownBy(() -> containers.start(id))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.CONFLICT);
              assertThat(e).hasMessageEndingWith("Choose another port, or stop what uses it.");
            });
  }

  @Test
  void runsACommandAndKeepsItsOutputApart() {
    String id = run(busybox("sleep", "1000"));
    ExecResult result =
        engine
            .containers()
            .exec(
                id,
                List.of("sh", "-c", "echo out; echo err >&2; exit 7"),
                Duration.ofSeconds(30),
                1000);
    assertThat(result).isEqualTo(new ExecResult(7, "out\n", "err\n", false));
    ExecResult much =
        engine
            .containers()
            .exec(id, List.of("head", "-c", "1000000", "/dev/zero"), Duration.ofSeconds(30), 1000);
    assertThat(much.stdout()).hasSize(1000);
    assertThat(much.truncated()).isTrue();
  }

  @Test
  void readsWhatAContainerUses() {
    String id =
        run(busybox("sh", "-c", "while :; do :; done").limits(new Limits(32 << 20, 500, 9)));
    List<Stats> samples = new ArrayList<>();
    try (EngineStream stats =
        engine
            .containers()
            .stats(
                id,
                sample -> {
                  synchronized (samples) {
                    samples.add(sample);
                  }
                })) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                synchronized (samples) {
                  assertThat(samples)
                      .anySatisfy(sample -> assertThat(sample.cpuPercent()).isBetween(5.0, 75.0));
                }
              });
      assertThat(stats.isDone()).isFalse();
    }
    Stats sample = samples.get(0);
    assertThat(sample.memory()).isBetween(1L, 32L << 20);
    assertThat(sample.memoryLimit()).isEqualTo(32 << 20);
    assertThat(sample.pids()).isBetween(1L, 9L);
  }

  @Test
  void copiesInAndOutUnchanged() throws Exception {
    String id = engine.containers().create(busybox("sleep", "1").build());
    byte[] tar;
    try (InputStream out = engine.containers().copyOut(id, "/bin/busybox")) {
      tar = out.readAllBytes();
    }
    engine.containers().copyIn(id, "/tmp", new java.io.ByteArrayInputStream(tar));
    try (InputStream out = engine.containers().copyOut(id, "/tmp/busybox")) {
      assertThat(Arrays.equals(out.readAllBytes(), tar)).isTrue();
    }
    assertThatThrownBy(() -> engine.containers().copyOut(id, "/nothing"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
  }

  @Test
  void keepsVolumesAndNetworks() {
    engine.volumes().create("seeds", Map.of("colour", "green"));
    Volume volume = engine.volumes().inspect("seeds");
    assertThat(volume.labels()).containsEntry("colour", "green");
    assertThat(engine.volumes().list()).contains(volume);
    run(
        busybox("sh", "-c", "head -c 3000000 /dev/urandom > /data/f; sleep 1000")
            .mounts(List.of(new Mount(Mount.Kind.VOLUME, "seeds", "/data", false, Map.of()))));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.diskUsage().volumes().getOrDefault("seeds", 0L) == 3_000_000);
    assertThatThrownBy(() -> engine.volumes().remove("seeds"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.CONFLICT));
    removeAll();
    engine.volumes().remove("seeds");
    assertThat(engine.volumes().list()).doesNotContain(volume);

    String id = engine.networks().create("meadow", Map.of("colour", "green"));
    Network network = engine.networks().inspect("meadow");
    assertThat(network.id()).isEqualTo(id);
    assertThat(network.driver()).isEqualTo("bridge");
    assertThat(network.subnets()).hasSize(1);
    engine.networks().remove("meadow");
    assertThat(engine.networks().list()).extracting(Network::name).doesNotContain("meadow");
  }
}
