package community.cloudy.services.bind.named;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgramsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "BIND 9.16.50-Debian (Extended Support Version) <id:>, true",
    "BIND 9.18.49-1~deb12u3-Debian (Extended Support Version) <id:>, true",
    "BIND 9.20.11-4-Debian (Stable Release) <id:>, false",
    "BIND 10.0.1, false",
    "something else, false"
  })
  void onlyANamedBefore920IsToldNotToLockAFile(String version, boolean locks) throws Exception {
    Path named = folder.resolve("named");
    Files.writeString(named, "#!/bin/sh\n[ \"$1\" = -v ] && echo '" + version + "'\n");
    Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwx------"));

    assertThat(new Programs(named).locks()).isEqualTo(locks);
  }
}
