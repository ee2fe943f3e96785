package community.cloudy.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Progress;
import community.cloudy.containers.apps.App;
import community.cloudy.containers.apps.AppFolder;
import community.cloudy.containers.apps.AppId;
import community.cloudy.containers.apps.Form;
import community.cloudy.containers.apps.Installation;
import community.cloudy.containers.apps.ShippedApps;
import community.cloudy.containers.engine.Container;
import community.cloudy.containers.engine.Engine;
import community.cloudy.containers.engine.EngineConfig;
import community.cloudy.containers.policy.Policy;
import community.cloudy.containers.policy.Settings;
import community.cloudy.containers.stacks.Compose;
import community.cloudy.containers.stacks.ServiceState;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Stacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shipped apps on real engines: from the form to a healthy stack, saved, destroyed, and restored on
 * an engine that never saw them.
 */
final class AppLifecycleIT {
  private static final List<String> IMAGES =
      List.of(
          "nextcloud:30.0.4-apache",
          "wordpress:6.7.1-php8.3-apache",
          "mariadb:11.4.4",
          "redis:7.4.1-alpine",
          "eclipse-mosquitto:2.0.20");

  @TempDir static Path temp;
  private static Node first;
  private static Node second;

  /** An engine and what stands on it. */
  private record Node(Dockerd dockerd, Engine engine, Stacks stacks, Backups backups, Path saved)
      implements AutoCloseable {
    static Node start(Path folder) throws Exception {
      Dockerd dockerd = Dockerd.start(Files.createDirectories(folder.resolve("engine")));
      StandIns.load(dockerd, Files.createDirectories(folder.resolve("image")), IMAGES);
      InstantSource clock = InstantSource.system();
      Engine engine = Engine.at(EngineConfig.of(dockerd.host()), clock, new Random(1));
      Policy policy = new Policy(Settings.of(Settings.LIMITS, "127.0.0.1", dockerd.socket()));
      Stacks stacks =
          new Stacks(
              folder.resolve("stacks"),
              engine,
              policy,
              () -> Compose.find(dockerd.socket(), folder),
              clock,
              new Stacks.Times(Duration.ofMinutes(4), Duration.ofSeconds(1)));
      Path saved = folder.resolve("backups");
      Backups backups = new Backups(saved, engine, stacks, new DiskFloor(1), clock);
      return new Node(dockerd, engine, stacks, backups, saved);
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

    @Override
    public void close() throws IOException {
      engine.close();
      dockerd.close();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Boolean.getBoolean("containers.lifecycle"),
        "takes more than ten minutes here: run it with -Dcontainers.lifecycle=true");
    Dockerd.needed();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    first = Node.start(temp.resolve("1"));
    second = Node.start(temp.resolve("2"));
  }

  @AfterAll
  static void stop() throws IOException {
    for (Node node : new Node[] {first, second}) {
      if (node != null) {
        node.close();
      }
    }
  }

  private static StackFiles files(AppFolder folder, Map<String, String> values) {
    Installation made = Form.fill(folder, values, port -> true, new Random(3));
    TreeMap<String, byte[]> files = new TreeMap<>(made.files().files());
    files.put(StackFiles.ENV, made.env().getBytes(StandardCharsets.UTF_8));
    made.secrets()
        .forEach(
            (name, value) -> files.put("secrets/" + name, value.getBytes(StandardCharsets.UTF_8)));
    return new StackFiles(files);
  }

  private static Map<String, String> values(String app) {
    return app.equals("nextcloud") ? Map.of("ADMIN_PASSWORD", "long enough $") : Map.of();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nextcloud", "wordpress", "mosquitto"})
  void goesThroughItsWholeLife(String id) throws Exception {
    AppFolder folder = ShippedApps.all().get(new AppId(id));
    App app = folder.app();
    first.stacks().create(id, files(folder, values(id)), "anna", Progress.NONE);
    assertThat(first.stacks().get(id).services().orElseThrow())
        .isNotEmpty()
        .allSatisfy(service -> assertThat(service.state()).isEqualTo(ServiceState.State.OK));
    assertThat(announced(first, id))
        .containsEntry("cloudy.service.name", app.title().texts().isEmpty() ? "" : name(id));

    Map<String, String> before = new TreeMap<>();
    for (String volume : app.backup().volumes()) {
      before.put(volume, first.content(id + "_" + volume));
      assertThat(before.get(volume))
          .contains("seed", "./deep/out", "/etc/passwd", "deeper/more " + owner(id));
    }
    SavedStack saved = first.backups().create(id, "asked", Progress.NONE);
    assertThat(first.backups().manifest(saved.id()).data()).hasSize(app.backup().volumes().size());
    assertThat(first.stacks().get(id).services().orElseThrow())
        .allSatisfy(service -> assertThat(service.state()).isEqualTo(ServiceState.State.OK));
    first.stacks().remove(id, false, Progress.NONE);
    assertThat(first.dockerd().docker("volume", "ls", "-q")).doesNotContain(id + "_");
    assertThat(first.dockerd().docker("ps", "-aq")).isEmpty();

    Files.createDirectories(second.saved());
    Files.copy(
        first.saved().resolve(saved.id() + ".zip"), second.saved().resolve(saved.id() + ".zip"));
    second.backups().restore(saved.id(), Optional.empty(), false, "anna", Progress.NONE);
    for (String volume : app.backup().volumes()) {
      assertThat(second.content(id + "_" + volume)).isEqualTo(before.get(volume));
    }
    assertThat(announced(second, id)).isEqualTo(announcedOf(folder, id));
    second.stacks().remove(id, false, Progress.NONE);
  }

  /** Returns mode and owner of one of the files. */
  private static String owner(String id) {
    return id.equals("mosquitto") ? "81e8 1883 1883" : "89e8 33 34";
  }

  private static String name(String id) {
    return Map.of("nextcloud", "Nextcloud", "wordpress", "WordPress", "mosquitto", "Mosquitto")
        .get(id);
  }

  private static Map<String, String> announcedOf(AppFolder folder, String id) {
    App.Announced announced = folder.app().announces().get(0);
    Map<String, String> labels = new TreeMap<>();
    labels.put("cloudy.service.type", announced.type());
    labels.put("cloudy.service.name", name(id));
    return labels;
  }

  private static Map<String, String> announced(Node node, String id) {
    Map<String, String> labels = new TreeMap<>();
    for (Container container :
        node.engine().containers().list(Map.of("com.docker.compose.project", id))) {
      for (String label : List.of("cloudy.service.type", "cloudy.service.name")) {
        Optional.ofNullable(container.labels().get(label)).ifPresent(v -> labels.put(label, v));
      }
    }
    return labels;
  }

  @Test
  void refusesADamagedArchiveWhole() throws Exception {
    StackFiles files =
        StackFiles.of(
            """
            services:
              app:
                image: stand-in:1
                volumes: ["data:/data"]
            volumes: {data: {}}
            """);
    first.stacks().create("small", files, "anna", Progress.NONE);
    SavedStack saved = first.backups().create("small", "asked", Progress.NONE);
    first.stacks().remove("small", false, Progress.NONE);
    Path archive = first.saved().resolve(saved.id() + ".zip");
    byte[] whole = Files.readAllBytes(archive);
    Random random = new Random(5);
    for (int i = 0; i < 12; i++) {
      byte[] bad =
          i % 2 == 0 ? java.util.Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      if (i % 2 == 1) {
        bad[random.nextInt(bad.length * 9 / 10)] ^= 0x55;
      }
      Files.write(archive, bad);
      assertThatThrownBy(
              () ->
                  first.backups().restore(saved.id(), Optional.empty(), false, "x", Progress.NONE))
          .as("damage %d", i)
          .isInstanceOfSatisfying(
              BackupException.class,
              e -> assertThat(e.code()).isEqualTo(BackupException.Code.DAMAGED));
      assertThat(first.stacks().list()).noneMatch(stack -> stack.name().equals("small"));
      assertThat(first.dockerd().docker("volume", "ls", "-q")).doesNotContain("small");
    }
    Files.write(archive, whole);
    first.backups().restore(saved.id(), Optional.of("other"), false, "anna", Progress.NONE);
    assertThat(first.content("other_data")).contains("seed");
    assertThatThrownBy(
            () ->
                first
                    .backups()
                    .restore(saved.id(), Optional.of("other"), false, "x", Progress.NONE))
        .hasMessageContaining("there is a stack of that name");
    first.backups().restore(saved.id(), Optional.of("other"), true, "anna", Progress.NONE);
    assertThat(first.backups().list()).anyMatch(it -> it.stack().equals("other"));
    first.stacks().remove("other", false, Progress.NONE);
  }
}
