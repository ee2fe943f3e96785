package community.cloudy.agent.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the API listens.
 *
 * @param listen an address and port, which only opens on loopback; empty means off
 * @param socket a unix socket's path; empty means off
 * @param hosts further names by which callers may address {@code listen}
 */
public record ApiConfig(Optional<HostPort> listen, Optional<Path> socket, List<String> hosts) {
  private static final int MAX_SOCKET_PATH = 107;

  /** Checks that the socket's path fits. */
  public ApiConfig {
    socket.ifPresent(ApiConfig::checkedSocket);
    hosts = List.copyOf(hosts);
  }

  static Path checkedSocket(Path path) {
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_SOCKET_PATH) {
      throw new IllegalArgumentException(
          "has " + length + " bytes; the system allows a socket's path " + MAX_SOCKET_PATH);
    }
    return path;
  }
}
