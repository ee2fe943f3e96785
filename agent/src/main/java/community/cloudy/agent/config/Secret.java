package community.cloudy.agent.config;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Bytes that must not be shown: prints as {@code ***}. */
public final class Secret {
  private final byte[] value;

  /** Copies {@code value}. */
  public Secret(byte[] value) {
    this.value = value.clone();
  }

  /** Returns a copy of the bytes. */
  public byte[] reveal() {
    return value.clone();
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
