package community.cloudy.services.peerstreamer;

import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Which files may be published: those below folders that the node's owner has named. */
final class Publishable {
  private Publishable() {}

  /**
   * Returns where a file really lies.
   *
   * @throws ServiceException if that is not below one of {@code folders}, or it is no file
   */
  static Path file(Path wanted, List<Path> folders) {
    try {
      Path real = wanted.toRealPath();
      for (Path folder : folders) {
        if (Files.isDirectory(folder)
            && real.startsWith(folder.toRealPath())
            && Files.isRegularFile(real)) {
          return real;
        }
      }
    } catch (IOException e) {
      // Whether a file is there is told of files below the folders only: all others are refused.
    }
    throw new ServiceException(
        Code.INVALID,
        "There is no file %s below a folder of which files may be published: %s"
            .formatted(
                wanted, folders.stream().map(Path::toString).collect(Collectors.joining(", "))));
  }
}
