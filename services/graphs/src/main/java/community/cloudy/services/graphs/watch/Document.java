package community.cloudy.services.graphs.watch;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.spi.web.Download;
import community.cloudy.services.spi.web.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A document of somebody else, of which the last one that could be read is kept. Used by one thread
 * at a time.
 */
final class Document {
  private static final long MAX_BYTES = 512L << 20;
  private static final int MAX_STAMP = 64;
  private static final String GUIFI = "/guifi/cnml/";

  private final Source source;
  private final Path kept;
  private final Path beside;
  private final Path versions;
  private String fresh = "";

  /** Makes that of a source; what is kept lies in {@code folder} under {@code name}. */
  Document(Source source, Path folder, String name) {
    this.source = source;
    kept = folder.resolve(name);
    beside = folder.resolve(name + ".new");
    versions = folder.resolve(name + ".version");
  }

  /** Returns the one that is kept of this source. */
  Optional<Path> kept() throws IOException {
    return known().isPresent() ? Optional.of(kept) : Optional.empty();
  }

  /**
   * Looks whether there is another; blocks.
   *
   * @return that one, to be {@link #accept accepted} if it can be used; empty if it is the same
   */
  Optional<Path> fetch() throws IOException {
    String known = known().orElse("");
    Files.deleteIfExists(beside);
    if (source.isFile()) {
      Path file = Path.of(source.text());
      fresh = version(file);
      if (fresh.equals(known)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        save(in);
      }
    } else {
      Optional<String> stamp = stamp();
      if (stamp.isPresent() && stamp.get().equals(known)) {
        return Optional.empty();
      }
      try (Download document = Download.open(source.text(), stamp.isPresent() ? "" : known)) {
        if (document.isSame()) {
          return Optional.empty();
        }
        fresh = stamp.orElse(document.version());
        save(document.content(MAX_BYTES));
      }
    }
    return Optional.of(beside);
  }

  private void save(InputStream in) throws IOException {
    try (OutputStream out = Files.newOutputStream(beside)) {
      if (in.transferTo(out) > MAX_BYTES) {
        throw new IOException("it has more than " + MAX_BYTES + " bytes");
      }
    }
  }

  /** Tells whether a file is another than the one that was fetched last, good or bad. */
  boolean isOther() throws IOException {
    return !version(Path.of(source.text())).equals(fresh);
  }

  private static String version(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file);
  }

  /** Keeps what was fetched. */
  void accept() throws IOException {
    Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    String version = source.text() + "\n" + fresh;
    SafeFile.write(versions, version.getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  /** Returns the version of what is kept; empty if that is of another source. */
  private Optional<String> known() throws IOException {
    if (!Files.exists(versions) || !Files.exists(kept)) {
      return Optional.empty();
    }
    String known = new String(SafeFile.read(versions, 4096), StandardCharsets.UTF_8);
    String of = source.text() + "\n";
    return known.startsWith(of) ? Optional.of(known.substring(of.length())) : Optional.empty();
  }

  /** guifi.net says by a time of its own whether anything has changed. */
  private Optional<String> stamp() {
    URI uri = URI.create(source.text());
    if (!String.valueOf(uri.getPath()).startsWith(GUIFI)) {
      return Optional.empty();
    }
    String url = uri.getScheme() + "://" + uri.getRawAuthority() + "/guifi/refresh/cnml";
    try (Download answer = Download.open(url, "")) {
      byte[] bytes = answer.content(MAX_STAMP).readAllBytes();
      String text = new String(bytes, StandardCharsets.US_ASCII).strip();
      return text.matches("[0-9]{1,15}") ? Optional.of("stamp " + text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Then the document itself says it, or why it cannot be read.
    }
  }
}
