package community.cloudy.agent.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of the machine, as Linux tells it.
 *
 * @param total bytes
 * @param available bytes that programs could have without anything being swapped
 */
record Memory(long total, long available) {
  private static final Path FILE = Path.of("/proc/meminfo");

  /**
   * Looks now.
   *
   * @throws IOException if the kernel does not tell
   */
  static Memory now() throws IOException {
    return parse(Files.readString(FILE));
  }

  static Memory parse(String meminfo) throws IOException {
    return new Memory(bytes(meminfo, "MemTotal"), bytes(meminfo, "MemAvailable"));
  }

  private static long bytes(String meminfo, String name) throws IOException {
    Matcher line =
        Pattern.compile("^" + name + ":\\s+([0-9]{1,15}) kB$", Pattern.MULTILINE).matcher(meminfo);
    if (!line.find()) {
      throw new IOException(FILE + " tells no " + name);
    }
    return Long.parseLong(line.group(1)) << 10;
  }
}
