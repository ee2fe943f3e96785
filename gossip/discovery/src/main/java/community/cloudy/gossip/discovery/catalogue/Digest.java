package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.serf.wire.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first eight bytes of SHA-256: sums of them compare sets of records. */
final class Digest {
  private Digest() {}

  static long of(Bytes bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }
}
