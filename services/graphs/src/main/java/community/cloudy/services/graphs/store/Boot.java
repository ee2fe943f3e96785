package community.cloudy.services.graphs.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether the machine went down while the store was open, from a file in its folder. Then
 * what was written last may have reached the disk in any order.
 */
final class Boot {
  private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path marker;

  Boot(Path folder) {
    this.marker = folder.resolve(".open");
  }

  /** Begins; returns whether files may be torn. */
  boolean begin() throws IOException {
    String now = Files.isReadable(ID) ? Files.readString(ID).strip() : "unknown";
    boolean torn = Files.exists(marker) && !Files.readString(marker).strip().equals(now);
    Files.writeString(marker, now + "\n");
    return torn;
  }

  /** Ends in good order. */
  void end() throws IOException {
    Files.deleteIfExists(marker);
  }
}
