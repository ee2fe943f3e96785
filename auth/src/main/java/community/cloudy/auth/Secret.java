package community.cloudy.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A password, a token or another text that must not be shown: prints as {@code ***} and compares in
 * a time that depends on its length alone. Immutable.
 */
public final class Secret {
  private final byte[] value;

  /** Copies {@code value}, which is UTF-8 where it is text. */
  public Secret(byte[] value) {
    this.value = value.clone();
  }

  /** Wraps {@code text}. */
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a copy of the bytes. */
  public byte[] reveal() {
    return value.clone();
  }

  /** Returns the bytes as text, for the one place that must show or send it. */
  public String revealText() {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** Returns the number of bytes. */
  public int length() {
    return value.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
  }

  @Override
  public int hashCode() {
    return value.length;
  }

  @Override
  public String toString() {
    return "***";
  }
}
