package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import community.cloudy.containers.engine.EngineException.Code;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is not there, does not answer, or speaks other versions. */
class UnreachableIT {
  @TempDir Path folder;

  private Path socket() {
    return folder.resolve("docker.sock");
  }

  private Engine engine(Duration timeout) {
    return Engine.at(
        new EngineConfig(socket(), Optional.empty(), timeout, 4),
        InstantSource.system(),
        new Random(1));
  }

  @Test
  void saysThatThereIsNone() {
    try (Engine engine = engine(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> engine.containers().list(Map.of()))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE))
          .hasMessageStartingWith("Could not list the containers: there is no engine. Install");
      assertThat(engine.status())
          .isInstanceOfSatisfying(
              EngineStatus.Unknown.class,
              status -> assertThat(status.reason()).contains("there is no engine"));
    }
  }

  @Test
  void doesNotWaitForOneThatDoesNotAnswer() throws Exception {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Engine engine = engine(Duration.ofMillis(300))) {
      silent.bind(UnixDomainSocketAddress.of(socket()));
      assertThatThrownBy(() -> engine.containers().list(Map.of()))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE))
          .hasMessageContaining("has not answered in time");
    }
  }

  @Test
  void findsOneThatComesLaterByItself() throws Exception {
    try (Engine engine = engine(Duration.ofSeconds(5))) {
      Queue<EngineStatus> statuses = new ConcurrentLinkedQueue<>();
      Runnable leave =
          engine.listen(
              new EngineListener() {
                @Override
                public void event(EngineEvent event) {}

                @Override
                public void status(EngineStatus status) {
                  statuses.add(status);
                }
              });
      await().atMost(Duration.ofSeconds(30)).until(() -> !statuses.isEmpty());
      try (FakeEngine fake = new FakeEngine(socket(), version("1.41", "1.12"))) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> statuses.stream().anyMatch(EngineStatus.Ok.class::isInstance));
        assertThat(fake.paths).anyMatch(path -> path.startsWith("/v1.41/events"));
      }
      assertThat(statuses.peek()).isInstanceOf(EngineStatus.Unknown.class);
      leave.run();
    }
  }

  private static String version(String api, String least) {
    return """
    {"Version": "x", "ApiVersion": "%s", "MinAPIVersion": "%s", "Os": "linux", "Arch": "amd64",
     "KernelVersion": "6"}\
    """
        .formatted(api, least);
  }

  @Test
  void speaksAVersionThatTheEngineOffers() throws Exception {
    asks("1.41", "1.12", "/v1.41/containers/json");
  }

  @Test
  void speaksNoNewerVersionThanItKnows() throws Exception {
    asks("1.52", "1.44", "/v1.48/containers/json");
  }

  @Test
  void speaksTheOldestVersionOfAnEngineFromTheFuture() throws Exception {
    asks("1.70", "1.60", "/v1.60/containers/json");
  }

  private void asks(String api, String least, String path) throws Exception {
    try (FakeEngine fake = new FakeEngine(socket(), version(api, least));
        Engine engine = engine(Duration.ofSeconds(10))) {
      assertThat(engine.containers().list(Map.of())).isEmpty();
      assertThat(fake.paths).anyMatch(asked -> asked.startsWith(path));
    }
  }

  @Test
  void refusesAnEngineThatIsTooOld() throws Exception {
    try (FakeEngine fake = new FakeEngine(socket(), version("1.39", "1.12"));
        Engine engine = engine(Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> engine.containers().list(Map.of()))
          .hasMessageEndingWith("Install docker.io 20.10 or newer.");
      assertThat(fake.paths).hasSize(1);
    }
  }
}
