package community.cloudy.agent.backup;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a backup of a node into two new folders. It is written by nobody but the node, yet it may
 * have been anywhere since: no entry leads out of them, by name or by link.
 */
final class Unpacked {
  private static final int MAX_ENTRIES = 1_000_000;
  private static final int BUFFER = 64 * 1024;

  private final Path config;
  private final Path state;

  /** Will unpack into these; neither may exist. */
  Unpacked(Path config, Path state) {
    this.config = config;
    this.state = state;
  }

  /** Reads only what a backup is of. */
  static Saved head(Path file) throws IOException {
    try (TarArchiveInputStream tar = open(file)) {
      return head(tar);
    }
  }

  /**
   * Unpacks all of it, and has it written to the disk.
   *
   * @param room how many bytes it may have
   * @throws IOException if it is cut short, damaged or holds what no backup does
   */
  void unpack(Path file, long room) throws IOException {
    try (TarArchiveInputStream tar = open(file)) {
      head(tar);
      long left = room;
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        left -= entry.getSize();
        entries++;
        if (left < 0 || entries > MAX_ENTRIES) {
          throw new IOException("there is no room for all that is in it");
        }
        put(tar, entry);
      }
      // What follows the end of the tar: with it the sum at gzip's end is checked.
      tar.transferTo(OutputStream.nullOutputStream());
    } catch (IllegalArgumentException e) {
      throw new IOException("it is damaged: " + e.getMessage(), e);
    }
    if (!Files.isDirectory(config) || !Files.isDirectory(state)) {
      throw new IOException("it is not whole");
    }
  }

  private static TarArchiveInputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return new TarArchiveInputStream(new GZIPInputStream(in), StandardCharsets.UTF_8.name());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static Saved head(TarArchiveInputStream tar) throws IOException {
    TarArchiveEntry first = tar.getNextEntry();
    if (first == null || !first.getName().equals(Saved.ENTRY) || first.getSize() > Saved.MAX) {
      throw new IOException("it is no backup of a node");
    }
    return Saved.read(tar.readNBytes(Saved.MAX));
  }

  private void put(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    Path path = place(entry.getName());
    if (entry.isDirectory()) {
      SafeFile.createFolder(path);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, inner(path, entry.getLinkName()));
    } else if (isPlain(entry)) {
      write(tar, path);
    } else {
      throw new IOException("it holds " + entry.getName() + ", which is no file or folder");
    }
    own(path, entry);
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    // Its isFile takes everything for a file that is no folder.
    return entry.isFile()
        && !entry.isLink()
        && !entry.isSparse()
        && !entry.isFIFO()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice();
  }

  /** Returns where an entry goes: below one of the folders, in a real folder that is there. */
  private Path place(String name) throws IOException {
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    Path root = plain.split("/", 2)[0].equals(Saved.CONFIG) ? config : state;
    String top = root.equals(config) ? Saved.CONFIG : Saved.STATE;
    if (plain.equals(top)) {
      return root;
    }
    Path path = root.resolve(plain.substring(Math.min(plain.length(), top.length() + 1)));
    Path parent = path.resolveSibling("");
    boolean inside =
        plain.startsWith(top + "/")
            && path.equals(path.normalize())
            && path.startsWith(root)
            && !path.equals(root)
            && Files.isDirectory(parent)
            && parent.toRealPath().equals(root.toRealPath().resolve(root.relativize(parent)));
    if (!inside || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("its entry " + name + " is out of place");
    }
    return path;
  }

  private Path inner(Path link, String target) throws IOException {
    Path root = link.startsWith(config) ? config : state;
    Path path = Path.of(target);
    if (path.isAbsolute() || !link.resolveSibling(path).normalize().startsWith(root)) {
      throw new IOException("its link " + link.getFileName() + " leads out");
    }
    return path;
  }

  private static void write(InputStream in, Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      }
      file.force(true);
    }
  }

  /** Gives it to who had it where there is such a user, and to nobody where we may not. */
  private static void own(Path path, TarArchiveEntry entry) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
    try {
      view.setGroup(users.lookupPrincipalByGroupName(entry.getGroupName()));
      view.setOwner(users.lookupPrincipalByName(entry.getUserName()));
    } catch (UserPrincipalNotFoundException | FileSystemException e) {
      if (System.getProperty("user.name").equals("root")) {
        throw new IOException(
            "there is no user %s or group %s here"
                .formatted(entry.getUserName(), entry.getGroupName()),
            e);
      }
    }
    if (!entry.isSymbolicLink()) {
      view.setPermissions(Mode.permissions(entry.getMode()));
    }
  }
}
