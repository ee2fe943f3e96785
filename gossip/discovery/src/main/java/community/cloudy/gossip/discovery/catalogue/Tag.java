package community.cloudy.gossip.discovery.catalogue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node's {@code cloudy} tag says: that it speaks this protocol, and in which state its own
 * announcements are, so that others see at once that they are behind.
 *
 * @param sequence of the newest announcement or withdrawal
 * @param digest of what it announces, as in {@link Catalogue.Owner#digest}
 */
record Tag(long sequence, long digest) {
  /** The tag's key. */
  static final String KEY = "cloudy";

  private static final Pattern FORMAT = Pattern.compile("1\\.([0-9a-z]{1,13})\\.([0-9a-z]{1,13})");

  /** Returns the tag's value: the protocol's version and both numbers in base 36. */
  String text() {
    return "1." + Long.toUnsignedString(sequence, 36) + "." + Long.toUnsignedString(digest, 36);
  }

  /** Reads a value; another version of the protocol says nothing to this one. */
  static Optional<Tag> parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Tag(
              Long.parseUnsignedLong(matcher.group(1), 36),
              Long.parseUnsignedLong(matcher.group(2), 36)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
