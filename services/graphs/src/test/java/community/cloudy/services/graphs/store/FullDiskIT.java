package community.cloudy.services.graphs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.process.Command;
import community.cloudy.services.graphs.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room. */
final class FullDiskIT {
  private static final long BEGIN = 1_700_000_100;

  @TempDir Path folder;

  private Command.Result shell(String... argv) throws IOException {
    return Command.run(
        List.of(argv), Map.of("PATH", "/usr/bin:/bin"), folder, Duration.ofSeconds(10), 1000);
  }

  private static List<Sample> cycle(int number) {
    List<Sample> samples = new ArrayList<>();
    for (int device = 1; device <= 9; device++) {
      Instant at = Instant.ofEpochSecond(BEGIN + 300L * number);
      samples.add(new Sample.Ping(String.valueOf(device), at, 0, number, 1, 2));
    }
    return samples;
  }

  @Test
  void keepsWhatHasRoomAndTheRestOnceThereIsSome() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for a small disk");
    Path small = Files.createDirectory(folder.resolve("small"));
    Command.Result mounted =
        shell("mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", small.toString());
    assumeTrue(mounted.succeeded(), "needs tmpfs: " + mounted.errors());
    try (Store store = new Store(small, StoreSettings.LEGACY)) {
      Path ballast = Files.write(small.resolve("ballast"), new byte[200_000]);
      Written full = store.write(cycle(1));
      assertThat(full.created()).isEqualTo(4);
      assertThat(full.failed()).isEqualTo(5);
      assertThat(full.problem())
          .hasValueSatisfying(p -> assertThat(p).contains("5_ping.rrd: No space left on device"));
      assertThat(store.list()).hasSize(4);
      assertThat(store.write(cycle(2)).updates()).isEqualTo(4);

      Files.delete(ballast);
      Written some = store.write(cycle(3));
      assertThat(some.updates()).isEqualTo(6);
      Series series = store.averages(FileName.ping("4"), BEGIN, BEGIN + 899, 300).orElseThrow();
      assertThat(series.values(1)).containsExactly(1, 2, 3);
      try (var files = Files.list(small)) {
        assertThat(files.map(path -> path.getFileName().toString()))
            .noneMatch(name -> name.endsWith(".new"));
      }
    } finally {
      shell("umount", "-l", small.toString());
    }
  }
}
