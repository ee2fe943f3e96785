package community.cloudy.gossip.serf.snapshot;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The log as a file, opened when first needed and again after a failure. */
final class SnapshotFile implements SnapshotLog {
  private final Path path;
  private final Path compact;
  private @Nullable FileChannel channel;

  SnapshotFile(Path path) {
    this.path = path.toAbsolutePath();
    this.compact = compactOf(this.path);
  }

  /** Returns where a compaction of {@code path} is prepared. */
  static Path compactOf(Path path) {
    return path.resolveSibling(path.getFileName() + ".compact");
  }

  @Override
  public void append(byte[] lines) throws IOException {
    writeAll(opened(), lines);
  }

  @Override
  public void replace(byte[] lines) throws IOException {
    close();
    try (FileChannel file = FileChannel.open(compact, CREATE, WRITE, TRUNCATE_EXISTING)) {
      writeAll(file, lines);
      file.force(true);
    }
    Files.move(compact, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The new name is only safe once its directory is.
    try (FileChannel directory = FileChannel.open(path.resolveSibling("."), READ)) {
      directory.force(true);
    }
  }

  @Override
  public void sync() throws IOException {
    opened().force(true);
  }

  @Override
  public long size() throws IOException {
    return opened().size();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      FileChannel open = channel;
      channel = null;
      open.close();
    }
  }

  private FileChannel opened() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(path, CREATE, WRITE, APPEND);
      channel = open;
    }
    return open;
  }

  private static void writeAll(FileChannel file, byte[] lines) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(lines);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }
}
