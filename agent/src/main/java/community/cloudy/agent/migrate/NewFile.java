package community.cloudy.agent.migrate;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that is not there yet.
 *
 * @param path where it will be
 */
public record NewFile(Path path) {
  /**
   * Writes it, for its owner alone: it may hold passwords of old templates.
   *
   * @throws IOException if it is there, or cannot be written
   */
  public void write(String text) throws IOException {
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(path.toString(), null, "is there already");
    }
    Path whole = path.toAbsolutePath();
    Files.createDirectories(Optional.ofNullable(whole.getParent()).orElse(whole));
    SafeFile.write(whole, text.getBytes(StandardCharsets.UTF_8), "rw-------");
  }
}
