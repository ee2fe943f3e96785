package community.cloudy.gossip.discovery;

import community.cloudy.gossip.discovery.DiscoveryException.Code;
import community.cloudy.gossip.discovery.catalogue.Dads.Stored;
import community.cloudy.gossip.discovery.store.AnnouncementFile;
import community.cloudy.gossip.discovery.store.CatalogueFile;
import community.cloudy.gossip.discovery.store.PinFile;
import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three files of discovery in one folder. */
final class Files {
  private static final Logger log = LoggerFactory.getLogger(Files.class);

  private final Path folder;
  private final InstantSource clock;
  private final AnnouncementFile announcements;
  private final CatalogueFile catalogue;
  private final PinFile pins;
  private final AnnouncementFile.Content own;
  private final Map<String, NodeKey> knownPins;
  private long sequence;

  private Files(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    SafeFile.createFolder(folder);
    announcements = new AnnouncementFile(folder.resolve("announcements.json"));
    catalogue = new CatalogueFile(folder.resolve("catalogue.bin"));
    pins = new PinFile(folder.resolve("pins.txt"));
    own = named("announcements.json", announcements::read);
    knownPins = named("pins.txt", pins::read);
    sequence = own.sequence();
  }

  /**
   * Opens the files in {@code folder}.
   *
   * @throws DiscoveryException if they cannot be read, or the folder not written
   */
  static Files open(Path folder, InstantSource clock) {
    try {
      return new Files(folder, clock);
    } catch (IOException e) {
      throw failed("read", folder, e);
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T named(String file, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Returns the highest sequence that may have been used, and reserves the next ones. */
  long reserveSequences() {
    saveSequence(own.sequence() + Sequences.RESERVE, own.services());
    return own.sequence();
  }

  List<ServiceSpec> services() {
    return own.services();
  }

  Map<String, NodeKey> pins() {
    return knownPins;
  }

  List<Stored> catalogue() {
    return catalogue.read(clock.instant());
  }

  /** Writes that sequences up to {@code limit} may be used. */
  synchronized void saveSequence(long limit, Collection<ServiceSpec> services) {
    sequence = Math.max(sequence, limit);
    saveServices(services);
  }

  synchronized void saveServices(Collection<ServiceSpec> services) {
    try {
      announcements.write(sequence, services);
    } catch (IOException e) {
      throw failed("write", folder.resolve("announcements.json"), e);
    }
  }

  void saveCatalogue(Collection<Stored> records) {
    try {
      catalogue.write(records, clock.instant());
    } catch (IOException e) {
      log.warn("Could not keep the catalogue: {}. Peers will tell it again.", e.toString());
    }
  }

  void savePins(Map<String, NodeKey> now) {
    try {
      pins.write(now);
    } catch (IOException e) {
      log.error("Could not keep which key each node has: {}", e.toString());
    }
  }

  private static DiscoveryException failed(String action, Path path, IOException e) {
    return new DiscoveryException(
        Code.STORAGE,
        "Could not %s %s: %s. Make the folder writable for this user, or put back a copy."
            .formatted(action, path, e.getMessage()),
        e);
  }
}
