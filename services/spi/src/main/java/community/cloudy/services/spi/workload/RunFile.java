package community.cloudy.services.spi.workload;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which process an agent has started, for the next agent: {@code PID START COMMAND}. The start
 * tells it from another that has got its number.
 */
record RunFile(Path path) {
  private static final int MOST = 256;
  private static final Pattern LINE =
      Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ([0-9a-f]{64})\n");

  /**
   * What is written there.
   *
   * @param pid of the process
   * @param start milliseconds since 1970
   * @param command the hash of its arguments
   */
  record Entry(long pid, long start, String command) {
    /** Returns the process, if it still runs. */
    Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(handle -> startOf(handle) == start);
    }
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Returns those there are in a folder. */
  static List<RunFile> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".run")).map(RunFile::new).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  Optional<Entry> read() {
    try {
      String text = new String(SafeFile.read(path, MOST), StandardCharsets.US_ASCII);
      Matcher line = LINE.matcher(text);
      return line.matches()
          ? Optional.of(
              new Entry(
                  Long.parseLong(line.group(1)), Long.parseLong(line.group(2)), line.group(3)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(ProcessHandle process, String command) {
    String line = "%d %d %s\n".formatted(process.pid(), startOf(process), command);
    try {
      SafeFile.write(path, line.getBytes(StandardCharsets.US_ASCII), "rw-------");
    } catch (IOException e) {
      process.destroyForcibly();
      throw new ServiceException(
          Code.FAILED, "Could not write %s: %s. Make room.".formatted(path, e.getMessage()), e);
    }
  }

  static String hash(List<String> argv) {
    try {
      byte[] text = String.join("\0", argv).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
