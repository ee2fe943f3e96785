package community.cloudy.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;
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
import community.cloudy.containers.stacks.ServiceState;
import community.cloudy.containers.stacks.StackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static SavingNode first;
  private static SavingNode second;

  @BeforeAll
  static void start() throws Exception {
    Dockerd.needed();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    first = SavingNode.start(temp.resolve("1"), IMAGES);
    second = SavingNode.start(temp.resolve("2"), IMAGES);
  }

  @AfterAll
  static void stop() throws IOException {
    for (SavingNode node : new SavingNode[] {first, second}) {
      if (node != null) {
        node.close();
      }
    }
  }

  private static StackFiles files(AppFolder folder, Map<String, String> values) {
    Installation made = Form.fill(folder, values, port -> true, new Random(3));
    TreeMap<String, byte[]> files = new TreeMap<>(made.files().files());
    // Stand-ins are well at once: there is nothing to wait for between two looks.
    String compose = new String(files.get(StackFiles.COMPOSE), StandardCharsets.UTF_8);
    files.put(
        StackFiles.COMPOSE,
        compose.replaceAll("interval: [0-9]+s", "interval: 1s").getBytes(StandardCharsets.UTF_8));
    files.put(StackFiles.ENV, made.env().getBytes(StandardCharsets.UTF_8));
    made.secrets()
        .forEach(
            (name, value) -> files.put("secrets/" + name, value.getBytes(StandardCharsets.UTF_8)));
    return new StackFiles(files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wordpress", "mosquitto"})
  void comesUpWellAndIsAnnounced(String id) throws Exception {
    AppFolder folder = ShippedApps.all().get(new AppId(id));

    first.stacks().create(id, files(folder, Map.of()), "anna", Progress.NONE);

    assertAllIsWell(first, id);
    assertThat(announced(first, id)).isEqualTo(announcedOf(folder, id));
    for (String volume : folder.app().backup().volumes()) {
      assertThat(first.content(id + "_" + volume)).contains("seed");
    }
    first.stacks().remove(id, false, Progress.NONE);
    assertThat(first.dockerd().docker("volume", "ls", "-q")).doesNotContain(id + "_");
  }

  @Test
  void isSavedAndRestoredOnAnotherNode() throws Exception {
    String id = "nextcloud";
    AppFolder folder = ShippedApps.all().get(new AppId(id));
    Map<String, String> values = Map.of("ADMIN_PASSWORD", "long enough $");
    first.stacks().create(id, files(folder, values), "anna", Progress.NONE);
    assertAllIsWell(first, id);
    List<String> volumes = folder.app().backup().volumes();
    Map<String, String> before = new TreeMap<>();
    for (String volume : volumes) {
      before.put(volume, first.content(id + "_" + volume));
      assertThat(before.get(volume))
          .contains("seed", "./deep/out", "/etc/passwd", "deeper/more 89e8 33 34");
    }
    SavedStack saved = first.backups().create(id, "asked", Progress.NONE);
    assertThat(first.backups().manifest(saved.id()).data()).hasSize(volumes.size());
    assertAllIsWell(first, id);
    first.stacks().remove(id, false, Progress.NONE);

    Files.createDirectories(second.saved());
    Files.copy(
        first.saved().resolve(saved.id() + ".zip"), second.saved().resolve(saved.id() + ".zip"));
    second.backups().restore(saved.id(), Optional.empty(), false, "anna", Progress.NONE);

    for (String volume : volumes) {
      assertThat(second.content(id + "_" + volume)).isEqualTo(before.get(volume));
    }
    assertThat(announced(second, id)).isEqualTo(announcedOf(folder, id));
  }

  private static void assertAllIsWell(SavingNode node, String id) {
    assertThat(node.stacks().get(id).services().orElseThrow())
        .isNotEmpty()
        .allSatisfy(service -> assertThat(service.state()).isEqualTo(ServiceState.State.OK));
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

  private static Map<String, String> announced(SavingNode node, String id) {
    Map<String, String> labels = new TreeMap<>();
    for (Container container :
        node.engine().containers().list(Map.of("com.docker.compose.project", id))) {
      for (String label : List.of("cloudy.service.type", "cloudy.service.name")) {
        Optional.ofNullable(container.labels().get(label)).ifPresent(v -> labels.put(label, v));
      }
    }
    return labels;
  }
}
