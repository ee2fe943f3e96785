package community.cloudy.services.syncthing;

import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The copies that Syncthing keeps of files which were changed in two places. */
final class Conflicts {
  private static final int MOST_LOOKED_AT = 200_000;
  private static final int MOST = 1000;

  private Conflicts() {}

  /** Returns their paths below {@code folder}, 1,000 at most. */
  static List<String> in(String folder) {
    Path root = Path.of(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .limit(MOST_LOOKED_AT)
          .filter(file -> file.getFileName().toString().contains(".sync-conflict-"))
          .limit(MOST)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ServiceException(Code.FAILED, "Could not look into " + folder + ": " + e, e);
    }
  }
}
