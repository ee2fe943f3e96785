package community.cloudy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import community.cloudy.containers.Dockerd;
import community.cloudy.services.peerstreamer.StreamerDouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs what stands in {@code dashboard/e2e}: Chromium on the pages of a real community. */
@Timeout(1300)
final class DashboardIT {
  private static final List<String> PROGRAMS =
      List.of(
          "/usr/bin/serf",
          "/usr/bin/syncthing",
          "/usr/sbin/squid",
          "/usr/sbin/named",
          "/usr/sbin/snmpd",
          "/usr/bin/ffmpeg",
          "/usr/bin/docker-compose",
          "/usr/bin/curl",
          "/usr/bin/bzip2");

  @TempDir private Path folder;

  @AfterEach
  void endServices() throws Exception {
    RunningAgent.endServices(folder.resolve("community/attic"));
    RunningAgent.endServices(folder.resolve("community/roof"));
  }

  @Test
  void theDashboardDoesInChromiumWhatItsOwnTestsSay() throws Exception {
    assumeTrue(Files.isExecutable(Chromium.PROGRAM), "needs chromium at " + Chromium.PROGRAM);
    for (String program : PROGRAMS) {
      assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
    }
    // The programs of modules give up their rights, and must still find their files.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path output = folder.resolve("output");

    try (Dockerd dockerd = Dockerd.start(Files.createDirectory(folder.resolve("engine")));
        Slapd slapd = Slapd.start(Files.createDirectory(folder.resolve("directory")))) {
      ProcessBuilder tests =
          new ProcessBuilder("npm", "run", "--silent", "e2e")
              .directory(Path.of("dashboard").toAbsolutePath().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      tests.environment().putAll(surroundings(dockerd, slapd));
      Process run = tests.start();

      assertThat(run.waitFor(1200, TimeUnit.SECONDS)).as("the tests end").isTrue();
      assertThat(run.exitValue()).as(failures(Files.readAllLines(output))).isZero();
      assertThat(Files.readString(output)).contains("# skipped 0", "# todo 0");
    }
  }

  /** Returns what the tests that failed say, and the counts; of thousands of lines, those. */
  private static String failures(List<String> lines) {
    StringBuilder text = new StringBuilder();
    boolean failed = false;
    for (String line : lines) {
      String word = line.strip();
      failed =
          word.startsWith("not ok") || (failed && !word.matches("(ok|# Subtest:|1\\.\\.) ?.*"));
      if (failed || line.startsWith("# ")) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private Map<String, String> surroundings(Dockerd dockerd, Slapd slapd) throws Exception {
    return Map.of(
        "CLOUDY_FOLDER",
        Files.createDirectory(folder.resolve("community")).toString(),
        "CLOUDY_ENGINE",
        dockerd.host(),
        "CLOUDY_IMAGE",
        Dockerd.BUSYBOX,
        "CLOUDY_LDAP",
        "ldap://127.0.0.1:" + slapd.port(),
        "CLOUDY_LDAP_PASSWORD",
        Slapd.PASSWORD,
        "CLOUDY_STREAMER",
        StreamerDouble.install(folder, "streamer-double", "classic").toString());
  }
}
