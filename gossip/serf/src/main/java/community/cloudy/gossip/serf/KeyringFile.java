package community.cloudy.gossip.serf;

import community.cloudy.gossip.serf.SerfException.Code;
import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes Serf's keyring file: a JSON array of keys in base64, the primary one first, mode 0600. */
final class KeyringFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private KeyringFile() {}

  /**
   * Replaces the file's content, all or nothing.
   *
   * @throws SerfException if it cannot be written
   */
  static void write(Path file, List<Bytes> keys) {
    String json =
        keys.stream()
            .map(key -> "  \"" + Base64.getEncoder().encodeToString(key.array()) + "\"")
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(beside);
      Files.createFile(beside, OWNER_ONLY);
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SerfException(
          Code.STORAGE,
          "Could not write the keyring " + file + ": " + e.getMessage() + ". Check the folder.",
          e);
    }
  }
}
