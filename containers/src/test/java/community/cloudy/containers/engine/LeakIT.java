package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.containers.Dockerd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is opened and closed a hundred times leaves nothing behind. */
class LeakIT {
  private static final String IMAGE = "127.0.0.1:5000/cloudy/small:1";
  private static final int CYCLES = 100;

  /**
   * Threads and kept connections the warm-up may have missed, its five workers never having met at
   * the engine all at once. One left behind every ten cycles is already too many.
   */
  private static final int WARMING = CYCLES / 10;

  private record Use(long threads, long sockets, long heap) {
    static Use now() throws IOException {
      System.gc();
      return new Use(
          ManagementFactory.getThreadMXBean().getThreadCount(),
          openSockets(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static long openSockets() throws IOException {
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        return files.filter(Use::isSocket).count();
      }
    }

    private static boolean isSocket(Path file) {
      try {
        return Files.readSymbolicLink(file).toString().startsWith("socket:");
      } catch (IOException e) {
        return false;
      }
    }
  }

  @Test
  void logsStatisticsAndPullsLeaveNothingBehind(@TempDir Path folder) throws Exception {
    try (Dockerd dockerd = Dockerd.start(folder);
        Engine engine =
            Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1))) {
      dockerd.push(IMAGE, 1);
      String id =
          engine
              .containers()
              .create(
                  ContainerRequest.of(Dockerd.BUSYBOX)
                      .with()
                      .program(Program.of("sh", "-c", "while :; do echo hello; sleep 0.1; done"))
                      .build());
      engine.containers().start(id);
      cycles(10, engine, id);
      Use before = Use.now();

      cycles(CYCLES, engine, id);

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                Use after = Use.now();
                assertThat(after.threads()).isLessThan(before.threads() + WARMING);
                assertThat(after.sockets()).isLessThan(before.sockets() + WARMING);
                assertThat(after.heap()).isLessThan(before.heap() + (4 << 20));
              });
    }
  }

  private static void cycles(int count, Engine engine, String id) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(5);
    try {
      List<Callable<Boolean>> cycles = Collections.nCopies(count, () -> cycle(engine, id));
      for (Future<Boolean> done : pool.invokeAll(cycles)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean cycle(Engine engine, String id) {
    AtomicInteger heard = new AtomicInteger();
    ContainerApi containers = engine.containers();
    try (EngineStream log =
            containers.logs(id, LogOptions.follow(1), line -> heard.incrementAndGet());
        EngineStream stats = containers.stats(id, sample -> {})) {
      await().atMost(Duration.ofSeconds(60)).until(() -> heard.get() > 0);
      assertThat(log.isDone() || stats.isDone()).isFalse();
    }
    engine.images().pull(ImageReference.parse(IMAGE), progress -> {});
    return true;
  }
}
