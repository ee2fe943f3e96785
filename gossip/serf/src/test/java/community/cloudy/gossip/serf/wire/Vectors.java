package community.cloudy.gossip.serf.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes captured from Serf agents, and what made them. */
final class Vectors {
  static final Bytes KEY = hex("000102030405060708090a0b0c0d0e0f");
  static final Bytes VSN = hex("010502020505");

  private Vectors() {}

  /** Returns the bytes of vector {@code name}. */
  static byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name + ".hex").strip());
  }

  /** Returns the names of all vectors, from the index. */
  static List<String> names() {
    Matcher rows = Pattern.compile("(?m)^\\| (\\w+) \\| \\d+ \\|").matcher(text("INDEX.md"));
    TreeSet<String> names = new TreeSet<>();
    while (rows.find()) {
      names.add(rows.group(1));
    }
    return List.copyOf(names);
  }

  /** Returns a ring with the key of all encrypted vectors and the nonce of {@code name}. */
  static Optional<Keyring> ring(String name) {
    Matcher nonce = Pattern.compile("nonce=(\\w+)").matcher(text(name + ".txt"));
    byte[] value = nonce.find() ? HexFormat.of().parseHex(nonce.group(1)) : new byte[12];
    return Optional.of(
        new Keyring(List.of(KEY), out -> System.arraycopy(value, 0, out, 0, value.length)));
  }

  static Bytes hex(String digits) {
    return Bytes.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  static Bytes b(String text) {
    return Bytes.utf8(text);
  }

  /** Returns 127.0.0.{@code last}, the address of an agent in the vectors. */
  static Bytes local(int last) {
    return Bytes.wrap(new byte[] {127, 0, 0, (byte) last});
  }

  private static String text(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no vector " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
