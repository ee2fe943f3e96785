package community.cloudy.agent.backup;

import community.cloudy.agent.config.AgentConfig;
import community.cloudy.agent.plugins.Plugins;
import community.cloudy.services.spi.ServiceModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a node's backup, a gzipped tar: {@code config/} is the folder of the configuration, {@code
 * state/} that of the state. The agent may run meanwhile: it replaces its files whole.
 */
public final class NodeBackup {
  private static final String LOCK = "agent.lock";
  private static final String BACKUPS = "backups";
  private static final int BUFFER = 64 * 1024;

  private final TarArchiveOutputStream tar;
  private final Set<Path> leftOut;
  private long files;

  private NodeBackup(TarArchiveOutputStream tar, Set<Path> leftOut) {
    this.tar = tar;
    this.leftOut = leftOut;
  }

  /**
   * Writes {@code to}, for its owner only; it must not exist.
   *
   * @param config what the configuration says
   * @param saved what it is of
   * @return how many files are in it
   * @throws IOException if anything cannot be read or written; then there is no such file
   */
  public static long write(AgentConfig config, Saved saved, Path to) throws IOException {
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Set<Path> leftOut = leftOut(config.modules().plugins(), saved);
      leftOut.add(saved.state().resolve(LOCK));
      leftOut.add(to.toAbsolutePath().normalize());
      long files = write(saved, leftOut, to);
      try (FileChannel file = FileChannel.open(to, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      return files;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(to);
      throw e;
    }
  }

  /** Returns what of this node is to be saved now. */
  public static Saved of(AgentConfig config, Path configFile, String version, Clock clock)
      throws IOException {
    Path state = config.node().data().toAbsolutePath();
    Path name = state.resolve("identity").resolve("node.name");
    String node = Files.exists(name) ? Files.readString(name).strip() : "";
    return new Saved(node, clock.instant(), version, configFile.toAbsolutePath(), state);
  }

  private static long write(Saved saved, Set<Path> leftOut, Path to) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GZIPOutputStream(Files.newOutputStream(to), BUFFER),
            StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      NodeBackup backup = new NodeBackup(tar, leftOut);
      backup.head(saved);
      backup.tree(saved.config().resolveSibling("").normalize(), Saved.CONFIG);
      backup.tree(saved.state(), Saved.STATE);
      return backup.files;
    }
  }

  /** Returns the paths that no backup holds. */
  static Set<Path> leftOut(Plugins plugins, Saved saved) {
    Set<Path> paths = new HashSet<>();
    paths.add(saved.state().resolve(BACKUPS));
    for (ServiceModule<?, ?> module : plugins.modules().values()) {
      Path folder = saved.state().resolve("services").resolve(module.descriptor().id());
      // What runs here, and its logs.
      paths.add(folder.resolve("run"));
      module.leftOut().forEach(path -> paths.add(folder.resolve(path)));
    }
    return paths;
  }

  private void head(Saved saved) throws IOException {
    byte[] json = saved.write();
    TarArchiveEntry entry = new TarArchiveEntry(Saved.ENTRY);
    entry.setSize(json.length);
    entry.setMode(0600);
    tar.putArchiveEntry(entry);
    tar.write(json);
    tar.closeArchiveEntry();
  }

  private void tree(Path folder, String as) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (leftOut.contains(path)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            add(path, as + "/" + folder.relativize(path));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (!leftOut.contains(path) && !attributes.isOther()) {
              add(path, as + "/" + folder.relativize(path));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void add(Path path, String name) throws IOException {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      // The agent renamed it while we looked: what it is now has been or will be met.
      return;
    }
    if (attributes.isDirectory()) {
      put(new TarArchiveEntry(name.endsWith("/") ? name : name + "/"), attributes);
    } else if (attributes.isSymbolicLink()) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(path).toString());
      put(link, attributes);
    } else {
      file(path, new TarArchiveEntry(name), attributes);
    }
    tar.closeArchiveEntry();
    files++;
  }

  private void put(TarArchiveEntry entry, PosixFileAttributes attributes) throws IOException {
    entry.setUserName(attributes.owner().getName());
    entry.setGroupName(attributes.group().getName());
    entry.setModTime(attributes.lastModifiedTime());
    entry.setMode(Mode.of(attributes.permissions()));
    tar.putArchiveEntry(entry);
  }

  /** Adds what the file holds now; it may grow meanwhile, or be replaced. */
  private void file(Path path, TarArchiveEntry entry, PosixFileAttributes attributes)
      throws IOException {
    try (FileChannel content = FileChannel.open(path, StandardOpenOption.READ);
        InputStream in = Channels.newInputStream(content)) {
      long left = content.size();
      entry.setSize(left);
      put(entry, attributes);
      byte[] buffer = new byte[BUFFER];
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException(path + " became shorter while it was read; try again");
        }
        tar.write(buffer, 0, read);
        left -= read;
      }
    }
  }
}
