package community.cloudy.agent.backup;

import community.cloudy.agent.identity.StateException;
import community.cloudy.agent.identity.StateFolder;
import community.cloudy.agent.plugins.Plugins;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes this box the node of a backup. All of it is read, checked and written beside first; what
 * was here is then moved aside, never deleted.
 */
public final class NodeRestore {
  private static final String ASIDE = ".before-restore";

  private final Path file;
  private final Path config;
  private final Path state;

  /**
   * Prepares.
   *
   * @param file the backup
   * @param config where the main configuration file will be
   * @param state where the state will be
   */
  public NodeRestore(Path file, Path config, Path state) {
    this.file = file;
    this.config = config.toAbsolutePath().normalize();
    this.state = state.toAbsolutePath().normalize();
  }

  /**
   * Restores.
   *
   * @return what it was a backup of
   * @throws IOException if it cannot be used, there is no room, or an agent runs here; nothing has
   *     changed
   */
  public Saved restore() throws IOException {
    Saved saved = Unpacked.head(file);
    checkPlaces(saved);
    Path folder = config.resolveSibling("");
    Path newConfig = beside(folder, ".restored");
    Path newState = beside(state, ".restored");
    SafeFile.deleteTree(newConfig);
    SafeFile.deleteTree(newState);
    try (StateFolder held = StateFolder.open(state)) {
      new Unpacked(newConfig, newState)
          .unpack(file, Files.getFileStore(held.path()).getUsableSpace());
      place(newConfig, newState);
    } catch (StateException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      SafeFile.deleteTree(newConfig);
      SafeFile.deleteTree(newState);
    }
    keep(NodeBackup.leftOut(Plugins.load(Optional.empty()), saved));
    return saved;
  }

  private void place(Path newConfig, Path newState) throws IOException {
    replace(state, newState);
    try {
      replace(config.resolveSibling(""), newConfig);
    } catch (IOException e) {
      Files.move(state, newState, StandardCopyOption.ATOMIC_MOVE);
      Files.move(beside(state, ASIDE), state, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
  }

  /** Returns where the folders that were here are now. */
  public List<Path> aside() {
    List<Path> aside = new ArrayList<>();
    for (Path folder : List.of(config.resolveSibling(""), state)) {
      Path old = beside(folder, ASIDE);
      if (Files.exists(old)) {
        aside.add(old);
      }
    }
    return aside;
  }

  private void checkPlaces(Saved saved) throws IOException {
    if (!saved.config().equals(config)) {
      throw new IOException(
          "its node has its configuration in %1$s. Say so: --config %1$s"
              .formatted(saved.config()));
    }
    if (!saved.state().equals(state)) {
      throw new IOException(
          "its node has its state in %1$s. Say so: --data %1$s".formatted(saved.state()));
    }
    for (Path old : aside()) {
      throw new IOException(
          "what an earlier restore found is still in " + old + ". Move or delete that first");
    }
  }

  private static Path beside(Path folder, String suffix) {
    return folder.resolveSibling(folder.getFileName() + suffix);
  }

  private static void replace(Path folder, Path with) throws IOException {
    if (Files.exists(folder)) {
      Files.move(folder, beside(folder, ASIDE), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(with, folder, StandardCopyOption.ATOMIC_MOVE);
    SafeFile.sync(folder.resolveSibling("."));
  }

  /** What no backup holds stays where it is: it may be large, and be the only one. */
  private void keep(Iterable<Path> leftOut) throws IOException {
    for (Path path : leftOut) {
      Path old = beside(state, ASIDE).resolve(state.relativize(path));
      if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)
          && Files.isDirectory(path.resolveSibling(""))
          && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(old, path, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
