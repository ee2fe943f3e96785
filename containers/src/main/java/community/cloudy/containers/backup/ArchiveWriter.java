package community.cloudy.containers.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an archive beside its place and moves it there when it is whole and on the disk. A ZIP,
 * since its entries need no length in advance: data stream through with nothing but a buffer kept.
 */
final class ArchiveWriter implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path place;
  private final Path beside;
  private final FileChannel file;
  private final ZipOutputStream zip;
  private boolean done;

  /** Begins an archive that only its owner may read. */
  ArchiveWriter(Path place) throws IOException {
    this.place = place;
    this.beside = place.resolveSibling(place.getFileName() + ".new");
    Files.deleteIfExists(beside);
    this.file =
        FileChannel.open(
            beside,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    this.zip =
        new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /**
   * Adds a part.
   *
   * @param written hears how many bytes of it are in
   */
  Manifest.Part add(String name, InputStream content, LongConsumer written) throws IOException {
    MessageDigest digest = sha256();
    zip.putNextEntry(new ZipEntry(name));
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
      zip.write(buffer, 0, read);
      size += read;
      written.accept(size);
    }
    zip.closeEntry();
    return new Manifest.Part(name, HexFormat.of().formatHex(digest.digest()), size);
  }

  /** Ends the archive with its manifest and puts it in place. */
  void finish(Manifest manifest) throws IOException {
    zip.putNextEntry(new ZipEntry(Manifest.NAME));
    zip.write(manifest.write());
    zip.closeEntry();
    zip.finish();
    zip.flush();
    file.force(true);
    Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder =
        FileChannel.open(place.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    }
    done = true;
  }

  /** Closes the file; one that was not finished goes. */
  @Override
  public void close() throws IOException {
    file.close();
    if (!done) {
      Files.deleteIfExists(beside);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }
}
