package community.cloudy.agent.config;

import community.cloudy.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads secrets from files, in Serf's formats. No message ever holds what a file holds. */
final class KeyFile {
  private static final int MAX_BYTES = 64 * 1024;

  private KeyFile() {}

  /** Reads one base64 key. */
  static List<Secret> key(Path file) {
    return List.of(decoded(file, read(file).strip()));
  }

  /** Reads a JSON array of base64 keys; the first one encrypts. */
  static List<Secret> keyring(Path file) {
    Problems problems = new Problems();
    List<Secret> keys = new ArrayList<>();
    Yaml root =
        YamlParser.parse(file.toString(), read(file), problems).orElseThrow(() -> notKeyring(file));
    if (!(root instanceof Yaml.Items list) || list.items().isEmpty()) {
      throw notKeyring(file);
    }
    for (Yaml item : list.items()) {
      if (!(item instanceof Yaml.Scalar scalar)) {
        throw notKeyring(file);
      }
      keys.add(decoded(file, scalar.text()));
    }
    return keys;
  }

  /** Reads a text on one line. */
  static Secret secret(Path file) {
    return new Secret(read(file).strip().getBytes(StandardCharsets.UTF_8));
  }

  private static String read(Path file) {
    try {
      return BoundedFile.read(file, MAX_BYTES);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "could not be read from " + file + ": " + e.getMessage(), e);
    }
  }

  private static Secret decoded(Path file, String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "names " + file + ", which does not hold base64. Make a key with cloudy keygen", e);
    }
    if (key.length != 16 && key.length != 24 && key.length != 32) {
      throw new IllegalArgumentException(
          "names "
              + file
              + ", which holds a key of "
              + key.length
              + " bytes, not 16, 24 or 32. Make one with cloudy keygen");
    }
    return new Secret(key);
  }

  private static IllegalArgumentException notKeyring(Path file) {
    return new IllegalArgumentException(
        "names " + file + ", which is not a JSON array of base64 keys");
  }
}
