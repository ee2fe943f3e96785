package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.engine.EngineException.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers and the engine go and come back. */
class RestartIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String COUNT =
      "trap 'exit 0' TERM; i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done";

  /** Keeps what it hears. */
  private static final class Heard implements EngineListener {
    final Queue<EngineEvent> events = new ConcurrentLinkedQueue<>();
    final Queue<EngineStatus> statuses = new ConcurrentLinkedQueue<>();

    @Override
    public void event(EngineEvent event) {
      events.add(event);
    }

    @Override
    public void status(EngineStatus status) {
      statuses.add(status);
    }

    boolean hasHeard(String action, String id) {
      return events.stream()
          .anyMatch(event -> event.action().equals(action) && event.id().equals(id));
    }
  }

  private static String run(Engine engine, String script, RestartPolicy restart) {
    String id =
        engine
            .containers()
            .create(
                ContainerRequest.of(Dockerd.BUSYBOX)
                    .with()
                    .program(Program.of("sh", "-c", script))
                    .restart(restart)
                    .build());
    engine.containers().start(id);
    return id;
  }

  private static Engine engine(Dockerd dockerd) {
    return Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1));
  }

  @Test
  void logIsFollowedAcrossARestartOfItsContainer(@TempDir Path folder) throws Exception {
    try (Dockerd dockerd = Dockerd.start(folder);
        Engine engine = engine(dockerd)) {
      String id = run(engine, "echo first >&2; " + COUNT, RestartPolicy.NO);
      Queue<LogLine> lines = new ConcurrentLinkedQueue<>();
      try (EngineStream log = engine.containers().logs(id, LogOptions.follow(100), lines::add)) {
        await().atMost(LONG).until(() -> lines.size() > 10);
        engine.containers().stop(id, Duration.ofSeconds(10));
        assertThat(log.isDone()).isFalse();
        int before = lines.size();
        engine.containers().start(id);
        await().atMost(LONG).until(() -> lines.size() > before + 10);
        engine.containers().remove(id, true, false);
        assertThat(log.await(LONG)).as("ends with its container").isTrue();
      }
      assertThat(runsOf(lines)).as("each line of both runs, once").hasSize(2);
      assertThat(lines)
          .filteredOn(line -> line.stream() == LogLine.Stream.STDERR)
          .extracting(LogLine::text)
          .containsExactly("first", "first");
    }
  }

  /** Returns how far each run has counted; fails if one has left out or repeated a number. */
  private static List<Integer> runsOf(Iterable<LogLine> lines) {
    List<Integer> runs = new ArrayList<>();
    for (LogLine line : lines) {
      if (line.text().startsWith("line ")) {
        int number = Integer.parseInt(line.text().substring(5));
        if (number == 1) {
          runs.add(1);
        } else {
          assertThat(number).isEqualTo(runs.get(runs.size() - 1) + 1);
          runs.set(runs.size() - 1, number);
        }
      }
    }
    return runs;
  }

  @Test
  void nothingIsLostWhenTheEngineIsKilledUnderLoad(@TempDir Path folder) throws Exception {
    try (Dockerd dockerd = Dockerd.start(folder, "--live-restore");
        Engine engine = engine(dockerd)) {
      List<String> ids =
          IntStream.range(0, 4)
              .mapToObj(i -> run(engine, COUNT, RestartPolicy.UNLESS_STOPPED))
              .toList();
      Heard heard = new Heard();
      Runnable leave = engine.listen(heard);
      await().atMost(LONG).until(() -> !heard.statuses.isEmpty());
      assertThat(heard.statuses).singleElement().isInstanceOf(EngineStatus.Ok.class);
      AtomicBoolean stop = new AtomicBoolean();
      Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
      List<Thread> load = load(engine, stop, surprises);
      List<String> before = startTimes(engine, ids);

      dockerd.killEngine();
      await()
          .atMost(LONG)
          .until(() -> heard.statuses.stream().anyMatch(EngineStatus.Unknown.class::isInstance));
      assertThat(engine.status()).isInstanceOf(EngineStatus.Unknown.class);
      dockerd.startEngine();
      await().atMost(LONG).until(() -> engine.status() instanceof EngineStatus.Ok);

      stop.set(true);
      for (Thread thread : load) {
        thread.join();
      }
      assertThat(surprises).isEmpty();
      assertThat(startTimes(engine, ids)).as("none was started again").isEqualTo(before);
      engine.containers().stop(ids.get(0), Duration.ofSeconds(10));
      await().atMost(LONG).until(() -> heard.hasHeard("die", ids.get(0)));
      for (String id : ids) {
        List<LogLine> lines = new ArrayList<>();
        try (EngineStream log =
            engine
                .containers()
                .logs(
                    id,
                    new LogOptions(false, Optional.empty(), LogOptions.MAX_TAIL, true, true),
                    lines::add)) {
          assertThat(log.await(LONG)).isTrue();
        }
        assertThat(runsOf(lines)).as("one run, no line lost").hasSize(1);
      }
      leave.run();
    }
  }

  private static List<Thread> load(Engine engine, AtomicBoolean stop, Queue<Throwable> surprises) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boolean changes = i == 0;
      Thread thread =
          new Thread(
              () -> {
                while (!stop.get()) {
                  try {
                    if (changes) {
                      String name = "load";
                      engine.volumes().create(name, Map.of());
                      engine.volumes().remove(name);
                    } else {
                      engine.containers().list(Map.of());
                    }
                  } catch (EngineException e) {
                    if (e.code() != Code.UNAVAILABLE && e.code() != Code.NOT_FOUND) {
                      surprises.add(e);
                    }
                  } catch (RuntimeException e) {
                    surprises.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    return threads;
  }

  private static List<String> startTimes(Engine engine, List<String> ids) {
    return ids.stream()
        .map(id -> engine.containers().inspect(id).startedAt().orElseThrow().toString())
        .toList();
  }
}
