package community.cloudy.services.graphs.watch;

import community.cloudy.services.graphs.model.Device;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a source says is to be watched; nobody is allowed to be asked with any credential yet.
 *
 * @param nodes the titles of the devices' nodes, by id
 * @param skipped how many devices are left out because something about them cannot be used
 */
record Listed(List<Device> devices, Map<String, String> nodes, int skipped) {
  static final Listed NOTHING = new Listed(List.of(), Map.of(), 0);
  static final int MAX_DEVICES = 200_000;
  private static final int MAX_TITLE = 255;
  private static final Set<String> ABSENT =
      Set.of("planned", "reserved", "building", "dropped", "inactive");

  Listed {
    devices = List.copyOf(devices);
    nodes = Map.copyOf(nodes);
  }

  /** Tells whether something of that status stands and can answer. */
  static boolean stands(String status) {
    return !ABSENT.contains(status.strip().toLowerCase(Locale.ROOT));
  }

  /** Returns a text of others as a title. */
  static String title(String text) {
    StringBuilder clean = new StringBuilder();
    text.strip()
        .codePoints()
        .limit(MAX_TITLE)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return clean.substring(0, Math.min(MAX_TITLE, clean.length()));
  }
}
