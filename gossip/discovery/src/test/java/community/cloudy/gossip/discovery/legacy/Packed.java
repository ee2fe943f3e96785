package community.cloudy.gossip.discovery.legacy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Tags with any text within. */
final class Packed {
  private Packed() {}

  static String tag(String text) {
    return tag(text, 9);
  }

  static String tag(String text, int level) {
    return Base64.getEncoder().encodeToString(bzip2(text.getBytes(StandardCharsets.UTF_8), level));
  }

  static byte[] bzip2(byte[] text, int level) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(packed, level)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
