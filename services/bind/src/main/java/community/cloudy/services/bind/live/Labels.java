package community.cloudy.services.bind.live;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes names of hosts (RFC 1123, 2.1) of what nodes and services are called. */
final class Labels {
  /** Below this stand the nearest of each type, so no node may have it. */
  static final String NEAREST = "nearest";

  private static final Set<String> RESERVED = Set.of(NEAREST, "ns1");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final int MAX = 63;

  private Labels() {}

  /** Returns the label of a node; empty if it cannot have one. */
  static Optional<String> ofNode(String node) {
    return of(node).filter(label -> !RESERVED.contains(label));
  }

  /** Returns the label of a service or a type; empty if there is nothing to make one of. */
  static Optional<String> of(String text) {
    String words = OTHERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
    String label = cut(words.replaceAll("^-+", ""), MAX).replaceAll("-+$", "");
    return label.isEmpty() ? Optional.empty() : Optional.of(label);
  }

  /** Returns as much of a text as {@code most} bytes hold in UTF-8. */
  static String instance(String text, int most) {
    StringBuilder label = new StringBuilder();
    int bytes = 0;
    for (int point : text.codePoints().toArray()) {
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > most) {
        break;
      }
      label.appendCodePoint(point);
    }
    return label.toString();
  }

  private static String cut(String text, int most) {
    return text.substring(0, Math.min(most, text.length()));
  }
}
