package community.cloudy.services.bind.named;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/**
 * A secret that two servers share (RFC 8945).
 *
 * @param name by which both know it
 * @param algorithm {@code hmac-sha256}, {@code -sha384} or {@code -sha512}
 * @param secret in base64, never shown
 */
record TsigKey(String name, String algorithm, String secret) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
  private static final Pattern FILE =
      Pattern.compile(
          "\\s*key\\s+\"?([A-Za-z0-9.-]{1,63})\"?\\s*\\{\\s*algorithm\\s+\"?([A-Za-z0-9-]{1,20})\"?\\s*;"
              + "\\s*secret\\s+\"?([A-Za-z0-9+/=]{1,200})\"?\\s*;\\s*\\}\\s*;\\s*");
  private static final Map<String, Name> ALGORITHMS =
      Map.of(
          "hmac-sha256", TSIG.HMAC_SHA256,
          "hmac-sha384", TSIG.HMAC_SHA384,
          "hmac-sha512", TSIG.HMAC_SHA512);
  private static final int BYTES = 32;
  private static final int LEAST_BYTES = 16;

  /** Checks all parts; no message holds the secret. */
  TsigKey {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a key's name must be like transfer.example.net");
    }
    if (!ALGORITHMS.containsKey(algorithm)) {
      throw new IllegalArgumentException(
          "a key's algorithm must be hmac-sha256, hmac-sha384 or hmac-sha512");
    }
    if (bytes(secret).length < LEAST_BYTES) {
      throw new IllegalArgumentException("a key's secret must have 128 bits or more, in base64");
    }
  }

  private static byte[] bytes(String secret) {
    try {
      return Base64.getDecoder().decode(secret);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Returns a new key. */
  static TsigKey made(String name, RandomGenerator random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new TsigKey(name, "hmac-sha256", Base64.getEncoder().encodeToString(secret));
  }

  /**
   * Reads a key as {@code tsig-keygen} writes it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static TsigKey read(String text) {
    Matcher matcher = FILE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it must hold one key, as tsig-keygen writes it");
    }
    return new TsigKey(
        matcher.group(1).toLowerCase(Locale.ROOT),
        matcher.group(2).toLowerCase(Locale.ROOT),
        matcher.group(3));
  }

  /** Returns it as named reads it. */
  String text() {
    return "key \"%s\" {\n\talgorithm %s;\n\tsecret \"%s\";\n};\n"
        .formatted(name, algorithm, secret);
  }

  /** Returns what signs with it. */
  TSIG tsig() {
    try {
      return new TSIG(
          ALGORITHMS.getOrDefault(algorithm, TSIG.HMAC_SHA256),
          Name.fromString(name, Name.root),
          bytes(secret));
    } catch (TextParseException e) {
      throw new IllegalArgumentException("a key's name must be like transfer.example.net", e);
    }
  }

  @Override
  public String toString() {
    return "key " + name;
  }
}
