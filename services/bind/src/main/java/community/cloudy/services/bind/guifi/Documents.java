package community.cloudy.services.bind.guifi;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.bind.settings.GuifiSettings;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import community.cloudy.services.spi.web.Download;
import community.cloudy.services.spi.web.Source;
import community.cloudy.services.spi.xml.Xml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The documents that are in use or may become so. The bytes are not copied.
 *
 * @param domains of the zones
 * @param addresses of the devices
 */
public record Documents(Optional<byte[]> domains, Optional<byte[]> addresses) {
  private static final int MAX_DOCUMENT = 32 << 20;
  private static final Xml.Limits LIMITS = new Xml.Limits(16, 1_000_000, MAX_DOCUMENT, 1 << 20);
  private static final byte[] NOTHING = {};

  /** Tells whether others say just the same. */
  public boolean isSameAs(Documents other) {
    return same(domains, other.domains) && same(addresses, other.addresses);
  }

  private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
    return one.isPresent() == other.isPresent()
        && Arrays.equals(one.orElse(NOTHING), other.orElse(NOTHING));
  }

  /** Returns those that are kept in a folder. */
  public static Documents kept(Path folder) throws IOException {
    return new Documents(kept(folder, "domains.xml"), kept(folder, "addresses.xml"));
  }

  private static Optional<byte[]> kept(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(SafeFile.read(file, MAX_DOCUMENT)) : Optional.empty();
  }

  /** Keeps these in a folder. */
  public void keep(Path folder) throws IOException {
    SafeFile.createFolder(folder);
    if (domains.isPresent()) {
      SafeFile.write(folder.resolve("domains.xml"), domains.get(), "rw-------");
    }
    if (addresses.isPresent()) {
      SafeFile.write(folder.resolve("addresses.xml"), addresses.get(), "rw-------");
    }
  }

  /**
   * Returns what the settings' sources hold now.
   *
   * @throws ServiceException if one cannot be read
   */
  public static Documents fetched(GuifiSettings settings) {
    return new Documents(
        settings.domains().map(Documents::fetched), settings.addresses().map(Documents::fetched));
  }

  /**
   * Returns all zones that they tell of.
   *
   * @param settings only documents for which there is a source count
   * @throws ServiceException if anything is wrong with one
   */
  public List<Zone> zones(GuifiSettings settings, InetAddress address) {
    List<Zone> zones = new ArrayList<>();
    if (settings.domains().isPresent() && domains.isPresent()) {
      zones.addAll(DomainsDocument.read(domains.get()));
    }
    if (settings.addresses().isPresent() && addresses.isPresent()) {
      zones.addAll(AddressDump.read(addresses.get(), settings.addressZone().name(), address));
    }
    return zones;
  }

  private static byte[] fetched(Source source) {
    try {
      return source.isFile()
          ? SafeFile.read(Path.of(source.text()), MAX_DOCUMENT)
          : download(source.text());
    } catch (IOException e) {
      throw new ServiceException(
          Code.UNAVAILABLE,
          "Could not read %s: %s. What was read before stays; it is tried again."
              .formatted(source.text(), e.getMessage()),
          e);
    }
  }

  private static byte[] download(String url) throws IOException {
    try (Download document = Download.open(url, "")) {
      return document.content(MAX_DOCUMENT).readAllBytes();
    }
  }

  /** Reads one, within its bounds. */
  static void read(String what, byte[] document, Xml.Listener listener) {
    Xml.read(what, new ByteArrayInputStream(document), LIMITS, listener);
  }
}
