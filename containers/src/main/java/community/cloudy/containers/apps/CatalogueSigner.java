package community.cloudy.containers.apps;

import community.cloudy.gossip.discovery.store.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Signs catalogues with Ed25519 (RFC 8032), over the very bytes of {@code index.json}. The
 * signature lies beside it as Base64 in {@code index.json.sig}.
 */
public final class CatalogueSigner {
  static final String INDEX = "index.json";
  static final String SIGNATURE = "index.json.sig";
  private static final String ALGORITHM = "Ed25519";

  private CatalogueSigner() {}

  /**
   * Lists and signs the apps in {@code folder}, one folder an app, each of which must be sound.
   *
   * @param version higher than that of the last time
   * @throws AppException if an app is not sound or a file cannot be read or written
   */
  public static void sign(Path folder, String name, long version, Instant expires, PrivateKey key) {
    Map<String, CatalogueIndex.Entry> files = new TreeMap<>();
    try (DirectoryStream<Path> apps = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path path : apps) {
        String id = String.valueOf(path.getFileName());
        AppFolder app = AppFolder.read(path);
        if (!app.app().id().value().equals(id)) {
          throw new AppException(
              AppException.Code.INVALID,
              "Could not sign the catalogue: the app in %s says it is %s. Give both one name."
                  .formatted(id, app.app().id()));
        }
        app.files()
            .forEach((file, bytes) -> files.put(id + "/" + file, CatalogueIndex.Entry.of(bytes)));
      }
      byte[] index = new CatalogueIndex(name, version, expires, files).write();
      SafeFile.write(folder.resolve(INDEX), index, "rw-r--r--");
      SafeFile.write(folder.resolve(SIGNATURE), signature(index, key), "rw-r--r--");
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new AppException(
          AppException.Code.INVALID,
          "Could not sign the catalogue in " + folder + ": " + e.getMessage(),
          e);
    }
  }

  private static byte[] signature(byte[] index, PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(index);
    String text = Base64.getEncoder().encodeToString(signature.sign()) + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Tells whether {@code signature}, the file's content, is that of {@code key} over the index. */
  static boolean isGenuine(byte[] index, byte[] signature, PublicKey key) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(index);
      return check.verify(
          Base64.getDecoder().decode(new String(signature, StandardCharsets.US_ASCII).strip()));
    } catch (GeneralSecurityException | RuntimeException e) {
      // Whatever a stranger's bytes make of Java's arithmetic, it is no signature.
      return false;
    }
  }
}
