package community.cloudy.services.bind.guifi;

import community.cloudy.gossip.discovery.store.SafeFile;
import community.cloudy.services.bind.settings.GuifiSettings;
import community.cloudy.services.bind.settings.Source;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
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
  private static final byte[] NOTHING = {};
  private static final int MILLIS = 30_000;

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
      return source.text().startsWith("/")
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
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    connection.setInstanceFollowRedirects(false);
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("the server answered " + connection.getResponseCode());
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] document = in.readNBytes(MAX_DOCUMENT + 1);
        if (document.length > MAX_DOCUMENT) {
          throw new IOException("it has more than " + MAX_DOCUMENT + " bytes");
        }
        return document;
      }
    } finally {
      connection.disconnect();
    }
  }
}
