package community.cloudy.agent.config;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds {@code containers.catalogues} and {@code containers.backups}. */
final class AppsBinding {
  private AppsBinding() {}

  static AppsConfig apps(Section containers) {
    Section catalogues = containers.section("catalogues");
    List<PublicKey> keys = catalogues.list("trusted_keys", AppsBinding::key);
    List<String> hosts = catalogues.list("allowed_hosts", text -> text);
    catalogues.end();
    Section backups = containers.section("backups");
    Optional<Path> folder = backups.optional("folder", Binding::path);
    long free = backups.valueOr("keep_free", "512m", ContainersBinding::bytes);
    boolean beforeUpdate = backups.flag("before_update", true);
    backups.end();
    return new AppsConfig(keys, Set.copyOf(hosts), folder, free, beforeUpdate);
  }

  /** Reads a key as the middle line of {@code openssl pkey -pubout} has it. */
  private static PublicKey key(String text) {
    try {
      byte[] encoded = Base64.getDecoder().decode(text);
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be an Ed25519 public key in base64, as cloudy catalogue key prints it", e);
    }
  }
}
