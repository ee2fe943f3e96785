package community.cloudy.containers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.engine.EngineException.Code;
import community.cloudy.containers.engine.PullProgress.LayerState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images come from a real registry, and go. */
class PullIT {
  private static final String IMAGE = "127.0.0.1:5000/cloudy/random:1";
  private static final long SIZE = 60L << 20;

  /** The hash of the password sesame. */
  private static final String SESAME =
      "$2b$04$eJ5mocD4YWKKF.K8MF.F1OMzl0kdpqDZHEKCYPcenMnC1JKUmTIpi";

  @Test
  void pullsWithTrueProgressAndPrunesByAge(@TempDir Path folder) throws Exception {
    try (Dockerd dockerd = Dockerd.start(folder);
        Engine engine =
            Engine.at(EngineConfig.of(dockerd.host()), InstantSource.system(), new Random(1))) {
      dockerd.push(IMAGE, 60);
      List<PullProgress> reports = new ArrayList<>();

      Image image = engine.images().pull(ImageReference.parse(IMAGE), reports::add);

      assertThat(image.tags()).containsExactly(IMAGE);
      assertThat(image.digests()).hasSize(1);
      assertThat(image.size()).isGreaterThanOrEqualTo(SIZE);
      grows(reports);

      pullsByDigest(engine, image);
      prunes(engine);
      refusals(engine);
      dockerd.killRegistry();
      dockerd.startRegistry("ana:" + SESAME);
      wantsAPassword(dockerd, folder);
      dockerd.killRegistry();
      assertThatThrownBy(() -> engine.images().pull(ImageReference.parse(IMAGE), report -> {}))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> {
                assertThat(e.code()).isEqualTo(Code.REGISTRY);
                assertThat(e)
                    .hasMessageContaining("connection refused")
                    .hasMessageEndingWith("See that the registry can be reached from this node.");
              });
    }
  }

  private static void grows(List<PullProgress> reports) {
    assertThat(reports).extracting(PullProgress::done).isSorted();
    assertThat(reports)
        .as("some bytes of all")
        .anySatisfy(report -> assertThat(report.done()).isPositive().isLessThan(report.total()));
    PullProgress last = reports.get(reports.size() - 1);
    // Random bytes do not compress.
    assertThat(last.total()).isBetween(SIZE, SIZE + (1 << 20));
    assertThat(last.done()).isEqualTo(last.total());
    assertThat(last.layers())
        .singleElement()
        .satisfies(layer -> assertThat(layer.state()).isEqualTo(LayerState.COMPLETE));
  }

  private static void pullsByDigest(Engine engine, Image image) {
    engine.images().remove(IMAGE, false);
    String digest = image.digests().get(0);
    Image again = engine.images().pull(ImageReference.parse(digest), report -> {});
    assertThat(again.id()).isEqualTo(image.id());
    assertThat(again.digests()).containsExactly(digest);
    engine.images().tag(again.id(), ImageReference.parse(IMAGE));
  }

  private static void prunes(Engine engine) {
    String used = engine.containers().create(ContainerRequest.of(Dockerd.BUSYBOX));
    engine.volumes().create("kept", Map.of());
    assertThat(engine.images().prune(Duration.ofHours(1)).images()).isEmpty();
    Set<String> kept = engine.images().ids(List.of(IMAGE, "127.0.0.1:5000/no/such:1"));
    assertThat(kept).hasSize(1);
    assertThat(
            engine
                .images()
                .prune(Duration.ofMinutes(-1), image -> !kept.contains(image.id()))
                .images())
        .isEmpty();

    Pruned pruned = engine.images().prune(Duration.ofMinutes(-1));

    assertThat(pruned.images()).containsExactly(IMAGE);
    assertThat(pruned.bytes()).isGreaterThanOrEqualTo(SIZE);
    assertThat(engine.images().list()).extracting(Image::tags).contains(List.of(Dockerd.BUSYBOX));
    assertThat(engine.volumes().list()).extracting(Volume::name).contains("kept");
    engine.containers().remove(used, true, false);
  }

  private static void wantsAPassword(Dockerd dockerd, Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("credentials.json"), "{}");
    EngineConfig config =
        new EngineConfig(dockerd.socket(), Optional.of(file), Duration.ofSeconds(60), 4);
    ImageReference image = ImageReference.parse(IMAGE);
    try (Engine engine = Engine.at(config, InstantSource.system(), new Random(1))) {
      await("the registry answers")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> engine.images().pull(image, report -> {}))
                      .hasMessageContaining("no basic auth credentials"));
      Files.writeString(file, login("ana:wrong"));
      assertThatThrownBy(() -> engine.images().pull(image, report -> {}))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.REGISTRY))
          .hasMessageContaining("containers.registry_credentials_file")
          .hasMessageNotContaining("wrong");
      Files.writeString(file, login("ana:sesame"));
      assertThat(engine.images().pull(image, report -> {}).tags()).containsExactly(IMAGE);
    }
  }

  /** Returns what {@code docker login} writes. */
  private static String login(String nameAndPassword) {
    String encoded =
        Base64.getEncoder().encodeToString(nameAndPassword.getBytes(StandardCharsets.UTF_8));
    return "{\"auths\": {\"127.0.0.1:5000\": {\"auth\": \"" + encoded + "\"}}}";
  }

  private static void refusals(Engine engine) {
    assertThatThrownBy(
            () ->
                engine
                    .images()
                    .pull(ImageReference.parse("127.0.0.1:5000/no/such:1"), report -> {}))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
    assertThatThrownBy(() -> engine.images().inspect("127.0.0.1:5000/no/such:1"))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
  }
}
