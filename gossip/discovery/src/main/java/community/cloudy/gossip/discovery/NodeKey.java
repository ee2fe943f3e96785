package community.cloudy.gossip.discovery;

import community.cloudy.gossip.serf.wire.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A node's public Ed25519 key: what its announcements are signed with, and who it is.
 *
 * @param raw its 32 bytes (RFC 8032)
 */
public record NodeKey(Bytes raw) implements Comparable<NodeKey> {
  /** Bytes of a key. */
  public static final int LENGTH = 32;

  /** What X.509 puts before the key itself (RFC 8410). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Checks the length. */
  public NodeKey {
    if (raw.length() != LENGTH) {
      throw new IllegalArgumentException("a node key has " + LENGTH + " bytes");
    }
  }

  /**
   * Returns the key in {@code key}.
   *
   * @throws IllegalArgumentException if it is not an Ed25519 key
   */
  public static NodeKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded.length != X509.length + LENGTH
        || !Arrays.equals(encoded, 0, X509.length, X509, 0, X509.length)) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    return new NodeKey(Bytes.copyOf(encoded, X509.length, LENGTH));
  }

  /**
   * Returns the key for Java's signatures.
   *
   * @throws GeneralSecurityException if these bytes are no point of the curve
   */
  public PublicKey toPublicKey() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509()));
  }

  private byte[] x509() {
    byte[] encoded = Arrays.copyOf(X509, X509.length + LENGTH);
    System.arraycopy(raw.array(), 0, encoded, X509.length, LENGTH);
    return encoded;
  }

  /**
   * Returns SHA-256 of the key's X.509 encoding in lower-case hexadecimal, as people compare it.
   */
  public String fingerprint() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(x509()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  @Override
  public int compareTo(NodeKey other) {
    return raw.compareTo(other.raw);
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
