package community.cloudy.agent.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine's own name, from its files: asking the resolver would stall for seconds on a node
 * without DNS.
 */
public final class MachineName {
  private MachineName() {}

  /** Returns the host name without characters a node's name may not have; {@code node} if none. */
  public static String get() {
    return first(List.of(Path.of("/etc/hostname"), Path.of("/proc/sys/kernel/hostname")));
  }

  static String first(List<Path> files) {
    for (Path file : files) {
      try (var in = Files.newInputStream(file)) {
        String text = new String(in.readNBytes(128), StandardCharsets.UTF_8);
        String name = text.strip().replaceAll("[^A-Za-z0-9._-]", "");
        if (!name.isEmpty()) {
          return name;
        }
      } catch (IOException e) {
        // The next file may do.
      }
    }
    return "node";
  }
}
