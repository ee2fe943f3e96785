package community.cloudy.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Random texts that mean nothing, and what is kept of them. */
final class Opaque {
  private static final int BYTES = 32;

  private Opaque() {}

  /** Returns {@code prefix} and 256 random bits in URL-safe base64. */
  static Secret next(String prefix, SecureRandom random) {
    return Secret.of(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(key(random)));
  }

  static byte[] key(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns SHA-256: enough for 256 random bits, which nobody can guess. */
  static byte[] digest(Secret secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.reveal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  /** Returns HMAC-SHA-256 of {@code text} under {@code key}. */
  static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the key is not usable", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
    }
  }
}
