package community.cloudy.containers.backup;

import community.cloudy.containers.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An archive to be read. Nothing of it is to be believed before {@link #verify} has read all of it.
 */
final class Archive implements AutoCloseable {
  private final Path path;
  private final ZipFile zip;
  private final Manifest manifest;

  private Archive(Path path, ZipFile zip, Manifest manifest) {
    this.path = path;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens an archive and reads its manifest.
   *
   * @throws BackupException if it is cut short or no archive of ours
   */
  static Archive open(Path path) {
    try {
      ZipFile zip = new ZipFile(path.toFile());
      try {
        return new Archive(path, zip, manifest(path, zip));
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new BackupException(
          BackupException.Code.NOT_FOUND, "There is no backup " + path.getFileName() + ".", e);
    } catch (IOException e) {
      throw damaged(path, "it is cut short or not an archive", e);
    }
  }

  private static Manifest manifest(Path path, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.NAME);
    if (entry == null) {
      throw damaged(path, "it has no manifest", null);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] json = in.readNBytes(Manifest.MAX + 1);
      if (json.length > Manifest.MAX) {
        throw damaged(path, "its manifest is too long", null);
      }
      Manifest manifest = Manifest.read(json);
      if (zip.size() != manifest.parts().size() + 1) {
        throw damaged(path, "it holds more or less than its manifest says", null);
      }
      return manifest;
    } catch (IllegalArgumentException e) {
      throw damaged(path, String.valueOf(e.getMessage()), e);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /**
   * Reads all of it: every part must have the size and the hash its manifest says, and every
   * volume's tar must be fit to unpack.
   *
   * @param room how many bytes it may have unpacked
   * @throws BackupException if anything is not as it must be
   */
  void verify(long room, Progress progress) {
    if (manifest.size() > room) {
      throw new BackupException(
          BackupException.Code.NO_ROOM,
          "Could not restore %s: unpacked it has %d MiB, and there is room for %d. Make room first."
              .formatted(path.getFileName(), manifest.size() >> 20, room >> 20));
    }
    Set<String> tars = new HashSet<>();
    manifest.data().forEach(volume -> tars.add(volume.part().name()));
    long done = 0;
    for (Manifest.Part part : manifest.parts()) {
      progress.report("check the archive", done, manifest.size());
      MessageDigest digest = ArchiveWriter.sha256();
      try (InputStream in = new DigestInputStream(read(part), digest)) {
        if (tars.contains(part.name())) {
          VolumeTar.check(in, root(part));
        }
        drain(in);
      } catch (IOException e) {
        throw damaged(path, part.name() + ": " + e.getMessage(), e);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
        throw damaged(path, part.name() + " is not what was saved", null);
      }
      done += part.size();
    }
  }

  private String root(Manifest.Part part) {
    return manifest.data().stream()
        .filter(volume -> volume.part().equals(part))
        .map(Manifest.Data::root)
        .findFirst()
        .orElseThrow();
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    int read = in.read(buffer);
    while (read >= 0) {
      read = in.read(buffer);
    }
  }

  /** Returns a part's content, which fails unless it has exactly the size it should. */
  InputStream read(Manifest.Part part) throws IOException {
    ZipEntry entry = zip.getEntry(part.name());
    if (entry == null) {
      throw new IOException("it is not there");
    }
    return new Exactly(zip.getInputStream(entry), part.size());
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw damaged(path, String.valueOf(e.getMessage()), e);
    }
  }

  private static BackupException damaged(
      Path path, String reason, @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        "Could not use the backup %s: %s. Nothing was changed; take another copy of it."
            .formatted(path.getFileName(), reason);
    return cause == null
        ? new BackupException(BackupException.Code.DAMAGED, message)
        : new BackupException(BackupException.Code.DAMAGED, message, cause);
  }

  /** Ends with an error where the content is longer or shorter than it should be. */
  private static final class Exactly extends FilterInputStream {
    private long left;

    Exactly(InputStream in, long size) {
      super(in);
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = in.read(buffer, from, length);
      left -= Math.max(0, read);
      if (left < 0 || (read < 0 && left > 0)) {
        throw new IOException("it does not have the length it should");
      }
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = 0;
      byte[] buffer = new byte[(int) Math.min(8192, Math.max(1, bytes))];
      while (skipped < bytes) {
        int read = read(buffer, 0, (int) Math.min(buffer.length, bytes - skipped));
        if (read < 0) {
          break;
        }
        skipped += read;
      }
      return skipped;
    }
  }
}
