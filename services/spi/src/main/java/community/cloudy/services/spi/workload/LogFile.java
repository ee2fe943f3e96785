package community.cloudy.services.spi.workload;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process says. The process holds the file open, so it is copied and emptied in its place
 * when it has grown; what is said at that moment may be lost.
 */
final class LogFile {
  private static final Logger log = LoggerFactory.getLogger(LogFile.class);
  private static final long FULL = 1 << 20;
  private static final int TAIL = 128 * 1024;
  private static final int LINE = 4096;

  private final Path path;

  LogFile(Path path) {
    this.path = path;
  }

  /** Returns the file, which is there. */
  Path made() throws IOException {
    SafeFile.createFolder(path.resolveSibling("."));
    if (!Files.exists(path)) {
      SafeFile.write(path, new byte[0], "rw-------");
    }
    return path;
  }

  /** Returns the last lines, the oldest first, without what cannot be printed. */
  List<String> tail(int lines) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TAIL, file.size()));
      long from = file.size() - bytes.capacity();
      while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
        // Until the end.
      }
      List<String> all =
          StandardCharsets.UTF_8
              .decode(bytes.flip())
              .toString()
              .lines()
              .map(LogFile::safe)
              .toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Returns a line fit to print. */
  static String safe(String line) {
    String cut = line.length() > LINE ? line.substring(0, LINE) : line;
    return cut.replace('\t', ' ').replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }

  /** Keeps the size in bounds. */
  void rotate() {
    try {
      if (Files.exists(path) && Files.size(path) > FULL) {
        Path old = path.resolveSibling(path.getFileName() + ".1");
        Files.copy(path, old, StandardCopyOption.REPLACE_EXISTING);
        FileChannel.open(path, StandardOpenOption.WRITE).truncate(0).close();
      }
    } catch (IOException e) {
      log.warn("Could not rotate a log file={} reason={}", path, e.toString());
    }
  }
}
