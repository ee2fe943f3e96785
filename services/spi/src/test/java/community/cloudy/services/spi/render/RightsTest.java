package community.cloudy.services.spi.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RightsTest {
  @TempDir private Path temp;
  private Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    folder = temp.resolve("a/b");
    file = Files.createFile(temp.resolve("file"));
  }

  /** Returns a path's owner, group and permissions. */
  private static String of(Path path) throws IOException {
    PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class);
    return "%s:%s %s"
        .formatted(
            found.owner().getName(),
            found.group().getName(),
            PosixFilePermissions.toString(found.permissions()));
  }

  @Test
  void theUserIsGivenWhatItNeedsAndNoMore() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    Rights rights = new Rights(Optional.of("daemon"));
    rights.folder(folder);
    assertThat(of(folder)).isEqualTo("root:daemon rwxr-x---");
    rights.passable(folder);
    assertThat(of(folder)).isEqualTo("root:daemon rwx--x---");
    rights.readable(file);
    assertThat(of(file)).isEqualTo("root:daemon rw-r-----");
    rights.callable(file);
    assertThat(of(file)).isEqualTo("root:daemon rw-rw----");
    rights.owned(file);
    assertThat(of(file)).startsWith("daemon:daemon");
  }

  @Test
  void withoutAUserAllIsTheAgentsAlone() throws IOException {
    Rights rights = new Rights(Optional.empty());
    rights.folder(folder);
    rights.readable(file);
    rights.owned(file);

    assertThat(of(folder)).endsWith("rwx------");
    assertThat(of(file)).endsWith("rw-------");
    assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(temp));
  }
}
