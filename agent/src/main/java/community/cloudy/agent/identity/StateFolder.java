package community.cloudy.agent.identity;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of a node's state, held by one agent at a time. */
public final class StateFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private StateFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder where there is none and locks it until {@link #close}.
   *
   * @throws StateException if it cannot be written or another agent holds it
   */
  public static StateFolder open(Path path) {
    FileChannel lockFile = openLockFile(path);
    try {
      if (!locked(lockFile)) {
        String holder = holder(lockFile);
        lockFile.close();
        throw new StateException(
            ("Could not use the state folder %s: another agent%s is running on it. Stop that one,"
                    + " or give this one its own folder with node.data.")
                .formatted(path, holder));
      }
      lockFile.truncate(0);
      lockFile.write(ascii(Long.toString(ProcessHandle.current().pid())), 0);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
    return new StateFolder(path, lockFile);
  }

  private static FileChannel openLockFile(Path path) {
    try {
      SafeFile.createFolder(path);
      // What services run as other users must pass through; all that lies here is private itself.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      return FileChannel.open(
          path.resolve("agent.lock"),
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static boolean locked(FileChannel file) throws IOException {
    try {
      @Nullable FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(FileChannel file) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    file.read(pid, 0);
    String digits = StandardCharsets.US_ASCII.decode(pid.flip()).toString();
    return digits.matches("[0-9]+") ? " (process " + digits + ")" : "";
  }

  private static StateException unwritable(Path path, IOException e) {
    String reason =
        e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    return new StateException(
        ("Could not write to the state folder %s: %s. Make it writable for this user, or name"
                + " another folder with node.data.")
            .formatted(path, reason),
        e);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns the folder. */
  public Path path() {
    return path;
  }

  /** Returns {@code name} within the folder. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Lets go of the folder. The lock file stays: deleting it would let two agents in. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new StateException("Could not release the state folder " + path + ": " + e, e);
    }
  }

  /** Tells whether {@code name} exists within the folder. */
  boolean has(String name) {
    return Files.exists(file(name));
  }
}
