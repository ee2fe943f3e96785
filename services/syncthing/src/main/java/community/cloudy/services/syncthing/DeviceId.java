package community.cloudy.services.syncthing;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a device: the hash of its certificate, in base 32 with check digits, as people read
 * it.
 *
 * @see <a href="https://docs.syncthing.net/dev/device-ids.html">Understanding device IDs</a>
 */
record DeviceId(String text) {
  private static final Pattern FORM = Pattern.compile("([A-Z2-7]{7}-){7}[A-Z2-7]{7}");

  DeviceId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a device's id is 8 groups of 7 letters and digits");
    }
  }

  /** Reads one as people write it; empty if it is none. */
  static Optional<DeviceId> parse(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    return FORM.matcher(upper).matches() ? Optional.of(new DeviceId(upper)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
