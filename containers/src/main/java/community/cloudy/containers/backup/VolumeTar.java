package community.cloudy.containers.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Judges the tar of a volume before any of it is unpacked. It must be as the engine writes it:
 * depth first from one root folder. So each entry's folder is the one being walked, which keeps
 * everything from being written through a link, and what is kept in memory are the names of the
 * folders on the way.
 */
final class VolumeTar {
  private static final int MAX_NAMES = 1_000_000;
  private static final int MAX_PATH = 4096;
  private static final int MAX_DEPTH = 200;

  private final String root;
  private final Deque<Folder> way = new ArrayDeque<>();
  private boolean begun;
  private int kept;

  private record Folder(String path, Set<String> names) {}

  private VolumeTar(String root) {
    this.root = root;
  }

  /**
   * Reads a tar to its end.
   *
   * @param root the name its root folder must have
   * @throws IOException if it is damaged or holds what must not be unpacked
   */
  static void check(InputStream in, String root) throws IOException {
    VolumeTar check = new VolumeTar(root);
    // Names as bytes: whatever their encoding, two different ones stay different.
    TarArchiveInputStream tar =
        new TarArchiveInputStream(new Open(in), StandardCharsets.ISO_8859_1.name());
    try {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        check.entry(entry);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("the tar is damaged: " + e.getMessage(), e);
    }
    if (!check.begun) {
      throw new IOException("the tar is empty");
    }
  }

  private void entry(TarArchiveEntry entry) throws IOException {
    String path = path(entry.getName());
    if (entry.isCharacterDevice() || entry.isBlockDevice()) {
      throw refused(path, "is a device");
    }
    boolean plain =
        entry.isDirectory()
            || entry.isFile()
            || entry.isSymbolicLink()
            || entry.isLink()
            || entry.isFIFO();
    if (!plain || entry.isSparse()) {
      throw refused(path, "is of a kind that volumes do not hold");
    }
    if (entry.isLink()) {
      path(entry.getLinkName());
    }
    place(path, entry.isDirectory());
  }

  /** Returns a path without the slash that folders have; it must be plain and relative. */
  private static String path(String name) throws IOException {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (path.isEmpty() || path.length() > MAX_PATH || path.indexOf('\0') >= 0) {
      throw refused(path, "is no path");
    }
    String[] parts = path.split("/", -1);
    if (parts.length > MAX_DEPTH) {
      throw refused(path, "is too deep");
    }
    for (String part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw refused(path, "is not plain and relative");
      }
    }
    return path;
  }

  private void place(String path, boolean folder) throws IOException {
    if (!begun) {
      if (!folder || !path.equals(root)) {
        throw refused(path, "is not the root folder " + root);
      }
      begun = true;
      way.push(new Folder(path, new HashSet<>()));
      return;
    }
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : path.substring(0, slash);
    while (!way.isEmpty() && !way.element().path().equals(parent)) {
      kept -= way.pop().names().size();
    }
    if (way.isEmpty()) {
      throw refused(path, "does not lie in a folder that came before it");
    }
    if (!way.element().names().add(path.substring(slash + 1))) {
      throw refused(path, "is there twice");
    }
    kept++;
    if (kept > MAX_NAMES) {
      throw refused(path, "is one of too many in a folder");
    }
    if (folder) {
      way.push(new Folder(path, new HashSet<>()));
    }
  }

  private static IOException refused(String path, String reason) {
    String shown = path.replaceAll("[^ -~]", "?");
    return new IOException(
        "its entry " + shown.substring(0, Math.min(100, shown.length())) + " " + reason);
  }

  /** Keeps the stream open, for whoever reads what follows the tar's end. */
  private static final class Open extends FilterInputStream {
    Open(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
