package community.cloudy.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says where a path really leads. */
public final class Links {
  private Links() {}

  /** Follows every link in {@code path}, which is absolute, as far as it exists. */
  public static Path follow(Path path) {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      // What dangles is not "missing": the engine would make it where it points.
      Path parent = path.getParent();
      if (parent == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return Path.of("/");
      }
      return follow(parent).resolve(path.getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
