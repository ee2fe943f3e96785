package community.cloudy.containers.apps;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signed catalogues this node has taken over, each in a folder named {@code <name>.<version>}
 * that appears whole, by one rename, or not at all. The one of the highest version counts; what is
 * read back is checked again. Thread-safe; one change at a time.
 */
public final class Catalogues {
  private static final Logger LOG = LoggerFactory.getLogger(Catalogues.class);
  private static final int MOST = 8;
  private static final String SOURCE = "source";

  private final Path folder;
  private final List<PublicKey> keys;
  private final InstantSource clock;
  private final Map<String, Installed> installed = new TreeMap<>();
  private boolean loaded;

  /**
   * A catalogue on this node.
   *
   * @param source where it came from: an address or a folder
   */
  public record Installed(Catalogue catalogue, String source) {}

  /**
   * Creates the face of what is kept in {@code folder}; reads nothing yet.
   *
   * @param keys whose signatures count
   */
  public Catalogues(Path folder, Collection<PublicKey> keys, InstantSource clock) {
    this.folder = folder;
    this.keys = List.copyOf(keys);
    this.clock = clock;
  }

  /** Returns all of them, by name. */
  public synchronized List<Installed> list() {
    load();
    return List.copyOf(installed.values());
  }

  /** Returns one of them. */
  public synchronized Optional<Installed> get(String name) {
    load();
    return Optional.ofNullable(installed.get(name));
  }

  /**
   * Takes a catalogue over, in place of an older version of it.
   *
   * @param source where its files are
   * @param origin the same for people, and for the next time
   * @return what there is now; the same as before if that is the newest
   * @throws AppException if it does not hold, goes back, or is one too many; nothing has changed
   */
  public synchronized Installed install(CatalogueSource source, String origin) {
    load();
    Catalogue.Vouched vouched = Catalogue.read(source, keys, clock.instant());
    Catalogue catalogue = vouched.catalogue();
    Installed before = installed.get(catalogue.name());
    if (before == null && installed.size() >= MOST) {
      throw new AppException(
          AppException.Code.INVALID,
          "Could not add the catalogue: there are " + MOST + " already. Remove one first.");
    }
    try {
      if (before != null && isSame(before.catalogue(), vouched)) {
        return before;
      }
      write(vouched, origin);
    } catch (IOException e) {
      throw new AppException(
          AppException.Code.UNAVAILABLE, "Could not keep the catalogue: " + e + ".", e);
    }
    Installed now = new Installed(catalogue, origin);
    installed.put(catalogue.name(), now);
    removeOthers(catalogue.name(), catalogue.version());
    LOG.info(
        "catalogue installed name={} version={} apps={}",
        catalogue.name(),
        catalogue.version(),
        catalogue.apps().size());
    return now;
  }

  /** Tells whether nothing is new; refuses to go back or sideways. */
  private boolean isSame(Catalogue before, Catalogue.Vouched vouched) throws IOException {
    long version = vouched.catalogue().version();
    if (version > before.version()) {
      return false;
    }
    Path index = path(before.name(), before.version()).resolve(CatalogueSigner.INDEX);
    if (version == before.version()
        && Arrays.equals(SafeFile.read(index, CatalogueIndex.MAX_INDEX), vouched.index().array())) {
      return true;
    }
    throw Catalogue.untrusted(
        ("it is version %d of %s, and this node has version %d. An older one may lack repairs:"
                + " remove the catalogue first if you want it all the same.")
            .formatted(version, before.name(), before.version()));
  }

  private void write(Catalogue.Vouched vouched, String origin) throws IOException {
    Catalogue catalogue = vouched.catalogue();
    Path fresh = folder.resolve("." + catalogue.name() + ".new");
    SafeFile.deleteTree(fresh);
    for (Map.Entry<AppId, AppFolder> app : catalogue.apps().entrySet()) {
      Path path = fresh.resolve(app.getKey().value());
      SafeFile.createFolder(path);
      for (Map.Entry<String, byte[]> file : app.getValue().files().entrySet()) {
        SafeFile.write(path.resolve(file.getKey()), file.getValue(), "rw-r--r--");
      }
    }
    SafeFile.write(fresh.resolve(SOURCE), origin.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    SafeFile.write(
        fresh.resolve(CatalogueSigner.SIGNATURE), vouched.signature().array(), "rw-r--r--");
    SafeFile.write(fresh.resolve(CatalogueSigner.INDEX), vouched.index().array(), "rw-r--r--");
    Path place = path(catalogue.name(), catalogue.version());
    SafeFile.deleteTree(place);
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Removes a catalogue; stacks installed from it stay.
   *
   * @throws AppException if there is none
   */
  public synchronized void remove(String name) {
    load();
    if (installed.remove(name) == null) {
      throw new AppException(
          AppException.Code.NOT_FOUND, "Could not remove the catalogue: there is no " + name + ".");
    }
    removeOthers(name, 0);
    LOG.info("catalogue removed name={}", name);
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    for (Path path : folders()) {
      String name = name(path);
      Installed before = installed.get(name);
      if (before != null && before.catalogue().version() >= version(path)) {
        continue;
      }
      try {
        CatalogueSource source = CatalogueSource.folder(path);
        // Expired ones are shown; only installing from them is refused.
        Catalogue catalogue = Catalogue.read(source, keys, Instant.MIN).catalogue();
        String origin = new String(source.read(SOURCE, 4096), StandardCharsets.UTF_8);
        installed.put(name, new Installed(catalogue, origin));
      } catch (AppException | IOException e) {
        LOG.warn("catalogue unusable folder={} reason={}", path.getFileName(), e.getMessage());
      }
    }
  }

  private void removeOthers(String name, long kept) {
    for (Path path : folders()) {
      if (name(path).equals(name) && version(path) != kept) {
        try {
          SafeFile.deleteTree(path);
        } catch (IOException e) {
          LOG.warn("old catalogue stays folder={} reason={}", path.getFileName(), e.toString());
        }
      }
    }
  }

  private List<Path> folders() {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "*.*")) {
        for (Path path : paths) {
          if (String.valueOf(path.getFileName()).matches("[a-z0-9][a-z0-9-]*\\.[0-9]{1,18}")) {
            found.add(path);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private Path path(String name, long version) {
    return folder.resolve(name + "." + version);
  }

  private static String name(Path path) {
    String file = String.valueOf(path.getFileName());
    return file.substring(0, file.indexOf('.'));
  }

  private static long version(Path path) {
    String file = String.valueOf(path.getFileName());
    return Long.parseLong(file.substring(file.indexOf('.') + 1));
  }
}
