package community.cloudy.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Progress;
import community.cloudy.containers.stacks.StackException;
import community.cloudy.containers.stacks.StackFiles;
import community.cloudy.containers.stacks.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a small stack on a real engine, and what happens at the same time. */
final class BackupsIT {
  @TempDir static Path temp;
  private static SavingNode node;

  @BeforeAll
  static void start() throws Exception {
    Dockerd.needed();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "needs docker-compose");
    node = SavingNode.start(temp, List.of());
    List<Throwable> refused = new ArrayList<>();
    Progress meddle =
        (step, done, total) -> {
          if (step.equals("start")) {
            refused.add(failure(() -> node.backups().create("small", "too", Progress.NONE)));
          }
        };

    node.stacks().create("small", files("one"), "anna", meddle);

    assertThat(refused).as("saved while it is changed").hasSize(1).allSatisfy(BackupsIT::isBusy);
  }

  @AfterAll
  static void stop() throws IOException {
    if (node != null) {
      node.close();
    }
  }

  @AfterEach
  void removeBackups() {
    node.backups().list().forEach(saved -> node.backups().delete(saved.id()));
  }

  private static StackFiles files(String mark) {
    return StackFiles.of(
        """
        services:
          app:
            image: stand-in:1
            environment: {MARK: %s}
            volumes: ["data:/data"]
        volumes: {data: {}}
        """
            .formatted(mark));
  }

  private static Backups backups(DiskFloor floor) {
    return new Backups(node.saved(), node.engine(), node.stacks(), floor, InstantSource.system());
  }

  private static void update(Backups backups, String mark) {
    node.stacks()
        .update(
            "small",
            files(mark),
            Optional.empty(),
            "anna",
            () -> backups.beforeUpdate("small", Progress.NONE),
            Progress.NONE);
  }

  /** Returns the variables of the only container of a stack that runs. */
  private static String variables(String stack) throws Exception {
    String id =
        node.dockerd().docker("ps", "-q", "--filter", "label=com.docker.compose.project=" + stack);
    return node.dockerd().docker("inspect", "-f", "{{.Config.Env}}", id);
  }

  @Test
  void refusesADamagedArchiveWhole() throws Exception {
    SavedStack saved = node.backups().create("small", "asked", Progress.NONE);
    Path archive = node.saved().resolve(saved.id() + ".zip");
    byte[] whole = Files.readAllBytes(archive);
    Random random = new Random(5);
    for (int i = 0; i < 12; i++) {
      byte[] bad = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      if (i % 2 == 1) {
        bad[random.nextInt(bad.length * 9 / 10)] ^= 0x55;
      }
      Files.write(archive, bad);
      assertThatThrownBy(() -> restore(saved, false))
          .as("damage %d", i)
          .isInstanceOfSatisfying(
              BackupException.class,
              e -> assertThat(e.code()).isEqualTo(BackupException.Code.DAMAGED));
      assertThat(node.stacks().list()).noneMatch(stack -> stack.name().equals("other"));
      assertThat(node.dockerd().docker("volume", "ls", "-q")).doesNotContain("other");
    }
    Files.write(archive, whole);
    restore(saved, false);
    assertThat(node.content("other_data")).isEqualTo(node.content("small_data"));
    assertThatThrownBy(() -> restore(saved, false))
        .hasMessageContaining("there is a stack of that name");
    restore(saved, true);
    assertThat(node.backups().list()).anyMatch(it -> it.stack().equals("other"));
    node.stacks().remove("other", false, Progress.NONE);
  }

  private static void restore(SavedStack saved, boolean replace) {
    node.backups().restore(saved.id(), Optional.of("other"), replace, "anna", Progress.NONE);
  }

  @Test
  void aStackIsNotChangedWhileItIsSaved() throws Exception {
    List<Throwable> refused = new ArrayList<>();
    Progress meddle =
        (step, done, total) -> {
          if (step.equals("save data") && refused.isEmpty()) {
            refused.add(failure(() -> node.stacks().restart("small", Progress.NONE)));
            refused.add(failure(() -> node.stacks().remove("small", true, Progress.NONE)));
            refused.add(failure(() -> node.backups().create("small", "too", Progress.NONE)));
          }
        };

    node.backups().create("small", "asked", meddle);

    assertThat(refused).hasSize(3).allSatisfy(BackupsIT::isBusy);
    assertThat(variables("small")).contains("MARK=");
  }

  /** Returns what {@code work} fails with on another thread. */
  private static Throwable failure(Runnable work) {
    try {
      CompletableFuture.runAsync(work).join();
      return new AssertionError("it was done");
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  private static void isBusy(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            StackException.class,
            e -> assertThat(e.code()).isEqualTo(StackException.Code.CONFLICT));
  }

  @Test
  void anUpdateIsPrecededByABackupOfWhatWas() throws Exception {
    Backups backups = backups(new DiskFloor(1));
    update(backups, "two");
    SavedStack first = backups.list().get(0);
    for (int i = 1; i <= 3; i++) {
      Files.copy(
          node.saved().resolve(first.id() + ".zip"),
          node.saved().resolve("small_2023010%dT000000Z.zip".formatted(i)));
    }

    update(backups, "three");

    assertThat(variables("small")).contains("MARK=three");
    List<String> ids = backups.list().stream().map(SavedStack::id).toList();
    assertThat(ids).hasSize(3).contains(first.id(), "small_20230103T000000Z");
    assertThat(backups.manifest(ids.get(0)).reason()).isEqualTo("before update");
    assertThat(backups.manifest(ids.get(0)).data()).hasSize(1);
    try (Archive archive = Archive.open(node.saved().resolve(ids.get(0) + ".zip"))) {
      byte[] compose = Backups.files(archive).content().get(StackFiles.COMPOSE);
      assertThat(new String(compose, StandardCharsets.UTF_8)).contains("MARK: two");
    }
  }

  @Test
  void noUpdateBeginsWhereTheBackupFails() throws Exception {
    int applied = node.stacks().get("small").applied();
    Backups full = backups(new DiskFloor(Long.MAX_VALUE));

    assertThatThrownBy(() -> update(full, "never"))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> assertThat(e.code()).isEqualTo(BackupException.Code.NO_ROOM))
        .hasMessageContaining("Did not change small");

    assertThat(variables("small")).contains("MARK=").doesNotContain("never");
    assertThat(node.stacks().get("small").applied()).isEqualTo(applied);
    List<Version> versions = node.stacks().versions("small");
    assertThat(versions.get(versions.size() - 1).outcome()).contains("could not be saved");
    assertThat(full.list()).isEmpty();
  }

  @Test
  void aStackOfOthersThatIsSavedRunsOn() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("theirs"));
    Files.write(
        folder.resolve(StackFiles.COMPOSE), files("four").content().get(StackFiles.COMPOSE));
    node.compose(folder, "-p", "theirs", "up", "-d");
    node.stacks().adopt("theirs", "anna");

    node.backups().create("theirs", "asked", Progress.NONE);

    assertThat(variables("theirs")).contains("MARK=four");
    node.stacks().remove("theirs", false, Progress.NONE);
  }

  @Test
  void whatACrashLeftIsRemovedByTheNext() throws Exception {
    String carrier =
        node.dockerd().docker("create", "--label", Carrier.LABEL + "=true", "stand-in:1");

    Path half =
        Files.write(
            Files.createDirectories(node.saved()).resolve("small_20230101T000000Z.zip.new"),
            new byte[9]);

    since(Instant.now().minusSeconds(3600)).sweep();
    assertThat(half).exists();
    assertThat(node.dockerd().docker("ps", "-aq", "--no-trunc")).contains(carrier);

    since(Instant.now().plusSeconds(3600)).sweep();
    assertThat(half).doesNotExist();
    assertThat(node.dockerd().docker("ps", "-aq", "--no-trunc")).doesNotContain(carrier);
  }

  private static Backups since(Instant start) {
    return new Backups(node.saved(), node.engine(), node.stacks(), new DiskFloor(1), () -> start);
  }
}
