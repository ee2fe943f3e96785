package community.cloudy.agent.api;

import community.cloudy.agent.config.ApiConfig;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses callers who address the node by a name it does not go by: a web page can point its own
 * name at a loopback address, but it cannot change the name the browser sends.
 */
final class HostGate {
  private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]", "::1"));

  HostGate(ApiConfig config) {
    config.listen().ifPresent(listen -> names.add(listen.host().toLowerCase(Locale.ROOT)));
    config.hosts().forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
  }

  /**
   * Checks the name in a request, without its port.
   *
   * @throws ApiException if the node does not go by it
   */
  void check(@Nullable String host) {
    if (host == null || !names.contains(host.toLowerCase(Locale.ROOT))) {
      throw new ApiException(
          ProblemCode.WRONG_HOST,
          "This node does not answer to that host name. Add the name to api.hosts if it should.");
    }
  }
}
