package community.cloudy.containers.apps;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where the files of a catalogue come from. */
@FunctionalInterface
public interface CatalogueSource {
  /**
   * Returns the file at {@code path}, relative to the catalogue.
   *
   * @throws IOException if it cannot be read or has more than {@code most} bytes
   */
  byte[] read(String path, int most) throws IOException;

  /** Returns the catalogue in a folder of this node. */
  static CatalogueSource folder(Path folder) {
    return (path, most) -> {
      Path file = folder.resolve(path);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("there is no file " + path);
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] content = in.readNBytes(most + 1);
        if (content.length > most) {
          throw new IOException(path + " has more than " + most + " bytes");
        }
        return content;
      }
    };
  }
}
