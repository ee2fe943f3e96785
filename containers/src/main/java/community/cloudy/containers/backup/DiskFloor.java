package community.cloudy.containers.backup;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much of a disk stays free: what would fill it further is not begun.
 *
 * @param bytes that must be free
 */
public record DiskFloor(long bytes) {
  /** Half a gibibyte. */
  public static final DiskFloor USUAL = new DiskFloor(512L << 20);

  /** Checks that it is no debt. */
  public DiskFloor {
    if (bytes < 0) {
      throw new IllegalArgumentException("the disk's floor must be 0 or more bytes");
    }
  }

  /**
   * Says what is wrong with the disk that {@code path} lies on, before {@code more} bytes come onto
   * it; empty if nothing is, or it cannot be known: the path may not be ours to see.
   */
  public Optional<String> warning(Path path, long more) {
    try {
      FileStore disk = Files.getFileStore(path);
      long free = disk.getUsableSpace();
      return free - more >= bytes
          ? Optional.empty()
          : Optional.of(
              "the disk of %s has %d MiB free, and %d must stay free"
                  .formatted(path, free >> 20, bytes >> 20));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses where {@link #warning} has something to say.
   *
   * @param action what was to be done, for the message
   */
  public void check(String action, Path path, long more) {
    warning(path, more)
        .ifPresent(
            reason -> {
              throw new BackupException(
                  BackupException.Code.NO_ROOM,
                  "Could not %s: %s. Remove old backups or unused images."
                      .formatted(action, reason));
            });
  }

  /** Returns the bytes free on the disk of {@code path}, if they can be known. */
  static Optional<Long> free(Path path) {
    try {
      return Optional.of(Files.getFileStore(path).getUsableSpace());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
