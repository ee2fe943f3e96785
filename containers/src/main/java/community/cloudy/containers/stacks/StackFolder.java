package community.cloudy.containers.stacks;

import community.cloudy.containers.stacks.StackException.Code;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stack's folder, of which a container may have mounted a part: so a path in it is walked one
 * folder at a time by open handles and no link is followed, or a container could change the way
 * while we go.
 */
final class StackFolder {
  private final Path path;

  StackFolder(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Reads a file; empty if there is none. */
  @SuppressWarnings("StreamResourceLeak") // Closed with those that it leads to.
  Optional<byte[]> read(String file) {
    StackFiles.checkPath(file);
    List<String> parts = Arrays.asList(file.split("/"));
    List<AutoCloseable> open = new ArrayList<>();
    try {
      DirectoryStream<Path> root = Files.newDirectoryStream(path);
      open.add(root);
      SecureDirectoryStream<Path> folder = secure(root);
      for (String part : parts.subList(0, parts.size() - 1)) {
        folder = folder.newDirectoryStream(Path.of(part), LinkOption.NOFOLLOW_LINKS);
        open.add(folder);
      }
      Path name = Path.of(parts.get(parts.size() - 1));
      try (SeekableByteChannel in =
          folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
        return Optional.of(content(in));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", file, e);
    } finally {
      close(open);
    }
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("this file system has no handles of folders");
  }

  private static byte[] content(SeekableByteChannel in) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(StackFiles.MAX_FILE + 1);
    while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
    if (!bytes.hasRemaining()) {
      throw new IOException("it has more than " + StackFiles.MAX_FILE + " bytes");
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static void close(List<AutoCloseable> open) {
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Writes each file whole or not at all; those that hold secrets for their owner only. */
  void write(StackFiles files) {
    for (Map.Entry<String, byte[]> file : files.content().entrySet()) {
      Path target = path.resolve(file.getKey());
      try {
        refuseLinks(target);
        SafeFile.createFolder(target.resolveSibling("."));
        String mode = StackFiles.isSecret(file.getKey()) ? "rw-------" : "rw-r--r--";
        SafeFile.write(target, file.getValue(), mode);
      } catch (IOException e) {
        throw failed("write", file.getKey(), e);
      }
    }
  }

  /** Makes a folder in it, if there is none. */
  void createFolder(String name) {
    try {
      SafeFile.createFolder(path.resolve(name));
    } catch (IOException e) {
      throw failed("write", name, e);
    }
  }

  private void refuseLinks(Path target) throws IOException {
    for (Path at = target; !at.equals(path); at = at.resolveSibling(".").normalize()) {
      if (Files.isSymbolicLink(at)) {
        throw new IOException(at + " is a link");
      }
    }
  }

  /** Deletes it with all that is in it; a link goes, not what it leads to. */
  void delete() {
    try {
      SafeFile.deleteTree(path);
    } catch (IOException e) {
      throw failed("delete", ".", e);
    }
  }

  private StackException failed(String verb, String file, IOException e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new StackException(
        Code.STORAGE,
        "Could not %s %s in %s: %s. Make it a plain file of this folder, and see to the disk."
            .formatted(verb, file, path, reason),
        e);
  }
}
