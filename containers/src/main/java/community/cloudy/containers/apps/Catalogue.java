package community.cloudy.containers.apps;

import community.cloudy.gossip.serf.wire.Bytes;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A catalogue of which every byte was found to be what its signer signed, in memory.
 *
 * @param name the catalogue's own
 * @param version of it
 * @param expires from then on nothing is installed from it
 * @param apps by id
 */
public record Catalogue(String name, long version, Instant expires, Map<AppId, AppFolder> apps) {
  /** Copies the map. */
  public Catalogue {
    apps = Collections.unmodifiableMap(new TreeMap<>(apps));
  }

  /** Returns the app, if the catalogue has it. */
  public Optional<AppFolder> app(AppId id) {
    return Optional.ofNullable(apps.get(id));
  }

  /** Tells whether nothing more may be installed from it. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }

  /** A catalogue and the two files that vouch for it, as they came. */
  record Vouched(Catalogue catalogue, Bytes index, Bytes signature) {}

  /**
   * Reads and checks all of a catalogue: signature, expiry, each file's hash, each app.
   *
   * @param keys whose signature is good; one of them suffices
   * @throws AppException if anything is not as it must be
   */
  static Vouched read(CatalogueSource source, Collection<PublicKey> keys, Instant now) {
    byte[] index = file(source, CatalogueSigner.INDEX, CatalogueIndex.MAX_INDEX);
    byte[] signature = file(source, CatalogueSigner.SIGNATURE, 256);
    if (keys.stream().noneMatch(key -> CatalogueSigner.isGenuine(index, signature, key))) {
      throw untrusted(
          "no trusted key signed it. Add its signer's key to the trusted ones if you trust it.");
    }
    try {
      CatalogueIndex listed = CatalogueIndex.read(index);
      if (!now.isBefore(listed.expires())) {
        throw untrusted(
            "it expired at %s. Ask its signer for a newer one, and check this node's clock."
                .formatted(listed.expires()));
      }
      return new Vouched(
          new Catalogue(listed.name(), listed.version(), listed.expires(), apps(source, listed)),
          Bytes.wrap(index),
          Bytes.wrap(signature));
    } catch (IllegalArgumentException e) {
      throw untrusted(e.getMessage() + ". Tell its signer.");
    }
  }

  private static Map<AppId, AppFolder> apps(CatalogueSource source, CatalogueIndex index) {
    Map<String, Map<String, byte[]>> folders = new TreeMap<>();
    index
        .files()
        .forEach(
            (path, entry) -> {
              byte[] content = file(source, path, entry.size());
              if (!CatalogueIndex.Entry.of(content).equals(entry)) {
                throw untrusted(path + " is not what was signed. Fetch it again.");
              }
              int slash = path.indexOf('/');
              folders
                  .computeIfAbsent(path.substring(0, slash), id -> new TreeMap<>())
                  .put(path.substring(slash + 1), content);
            });
    Map<AppId, AppFolder> apps = new TreeMap<>();
    folders.forEach(
        (id, files) -> {
          AppFolder folder = new AppFolder(files);
          if (!folder.app().id().value().equals(id)) {
            throw untrusted("the app in " + id + " says it is " + folder.app().id() + ".");
          }
          apps.put(new AppId(id), folder);
        });
    return apps;
  }

  private static byte[] file(CatalogueSource source, String path, int most) {
    try {
      return source.read(path, most);
    } catch (IOException e) {
      throw new AppException(
          AppException.Code.UNAVAILABLE,
          "Could not read the catalogue: " + path + ": " + e.getMessage() + ".",
          e);
    }
  }

  static AppException untrusted(String reason) {
    return new AppException(AppException.Code.UNTRUSTED, "Could not use the catalogue: " + reason);
  }
}
