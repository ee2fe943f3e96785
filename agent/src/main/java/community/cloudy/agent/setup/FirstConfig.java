package community.cloudy.agent.setup;

import community.cloudy.agent.config.ConfigFiles;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The main configuration file of a node, and the gossip key beside it. The file is for its owner
 * and the group of its folder; the key for the agent's user alone, who is the owner of {@code
 * conf.d}.
 *
 * @param path where it is, or will be
 */
public record FirstConfig(Path path) {
  private static final String PERMISSIONS = "rw-r-----";

  /** Takes the whole path. */
  public FirstConfig {
    path = path.toAbsolutePath();
  }

  /** Tells whether nothing is lost if it is replaced: it is not there, or is all comments. */
  public boolean setsNothing() throws IOException {
    return !Files.exists(path)
        || Files.readAllLines(path).stream()
            .map(String::strip)
            .allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  /** Returns where the key is kept. */
  public Path keyFile() {
    return path.resolveSibling("gossip.key");
  }

  /** Writes the key. */
  public void writeKey(String key) throws IOException {
    SafeFile.write(keyFile(), utf8(key + "\n"), "rw-------");
    Path agents = path.resolveSibling("conf.d");
    if (Files.isDirectory(agents)) {
      Files.setOwner(keyFile(), Files.getOwner(agents));
    }
  }

  /**
   * Has {@code yaml} read as the agent would, then puts it in place; what was there is kept beside.
   *
   * @throws community.cloudy.agent.config.ConfigException if it cannot be used; nothing has changed
   */
  public void write(String yaml) throws IOException {
    Path checked = beside(".check");
    try {
      SafeFile.write(checked, utf8(yaml), PERMISSIONS);
      new ConfigFiles(Optional.of(checked), List.of()).load();
      if (Files.exists(path)) {
        SafeFile.write(beside(".old"), Files.readAllBytes(path), PERMISSIONS);
      }
      SafeFile.write(path, utf8(yaml), PERMISSIONS);
    } finally {
      Files.deleteIfExists(checked);
    }
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
